/**
 * Runs every bench, one after the other, on a machine that does nothing else: `npm run bench`, an hour and a half. With `-- --record` the results go to
 * docs/performance.md; with `-- --full` the simulation study runs in full.
 */
import { benchCharts } from './charts.ts'
import { benchErrors } from './errors.ts'
import { benchEvidence } from './evidence/all.ts'
import { scaleAsked } from './evidence/study.ts'
import { benchHar } from './har.ts'
import { benchHistory } from './history.ts'
import { benchImportMemory } from './importMemory.ts'
import { benchJtl } from './jtl.ts'
import { benchJtlXml } from './jtlXml.ts'
import { benchOrganisations } from './organisations.ts'
import { benchProbes } from './probes.ts'
import { benchRecorder } from './recorder.ts'
import { benchPrometheus } from './prometheus.ts'
import { benchSeries } from './series.ts'
import { benchSoak } from './soak.ts'

benchSeries()
benchErrors()
await benchCharts()
await benchJtl()
await benchJtlXml()
await benchHar()
benchImportMemory()
await benchHistory()
await benchSoak()
await benchOrganisations()
await benchRecorder()
await benchProbes()
await benchPrometheus()
await benchEvidence(scaleAsked())
