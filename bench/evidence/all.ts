/**
 * The simulation study behind docs/evidence.md. Short, as part of `npm run bench`: 100 runs per cell. In full, with plots: 1 000 runs per cell,
 * `npx tsx bench/evidence/all.ts --full`, half an hour on two cores. Either prints the same numbers every time, times aside.
 */
import { benchBeforeAfter } from './beforeAfter.ts'
import { benchForecast } from './forecast.ts'
import { benchLag } from './lag.ts'
import { benchLeak } from './leak.ts'
import { benchLiveLooks } from './liveLooks.ts'
import { benchNullExample } from './nullExample.ts'
import { benchReplay } from './replay.ts'
import { benchStorm } from './storm.ts'
import { runIfStarted, type Scale } from './study.ts'
import { benchVerdictNulls } from './verdictNulls.ts'
import { benchVerdictPower } from './verdictPower.ts'
import { benchVerdictSpeed } from './verdictSpeed.ts'
import { benchWhich } from './which.ts'

const BENCHES = [
  benchVerdictSpeed,
  benchNullExample,
  benchVerdictNulls,
  benchVerdictPower,
  benchLiveLooks,
  benchLag,
  benchLeak,
  benchForecast,
  benchStorm,
  benchBeforeAfter,
  benchWhich,
  benchReplay,
]

/** One after the other: each uses every core. */
export async function benchEvidence(scale: Scale) {
  for (const bench of BENCHES) await bench(scale)
}

await runIfStarted(import.meta.url, benchEvidence)
