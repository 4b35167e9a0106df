/** Runs every bench, one after the other: `npm run bench`; with `-- --full`, the simulation study in full. */
import { benchErrors } from './errors.ts'
import { benchEvidence } from './evidence/all.ts'
import { scaleAsked } from './evidence/study.ts'
import { benchSeries } from './series.ts'

benchSeries()
benchErrors()
await benchEvidence(scaleAsked())
