/**
 * Thirty days of twenty series, ten seconds apart, from VictoriaMetrics to pixels in Chromium, and then older windows beside it: `npx tsx bench/prometheus.ts`, some minutes, of which writing
 * the past takes most. VictoriaMetrics must be installed (`npm run lab:install`).
 */
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'
import { startVictoriaMetrics } from '#testing/realPrometheus.ts'
import { openBenchBrowser } from './browser/benchBrowser.ts'
import type { PrometheusLoad, Shown } from './browser/pages/prometheus.tsx'
import { medianOf } from './measure.ts'
import { refusedBy, SPIKE, writePast } from './prometheus/pastLoad.ts'
import { report } from './record.ts'

const SERIES = 20
const EVERY_MS = 10_000
const DAY_MS = 86_400_000
const SHOWN_DAYS = 30
/** Older days that are panned over. */
const OLDER_DAYS = 15
/** Each of them moves the window by a sixth of its width. */
const PANS = 3
const OPENS = 3

/** Opens and pans, each from a page that has never been there before, of a server that has not been asked before. */
async function shownOf(load: PrometheusLoad) {
  const browser = await openBenchBrowser()
  const opened: Shown[] = []
  const panned: Shown[] = []
  try {
    for (let run = 0; run < OPENS; run++) {
      // Answers that it kept would be another product's speed.
      await fetch(`${load.url}/internal/resetRollupResultCache`)
      await browser.open('prometheus.html', async ({ call }) => {
        opened.push(await call<Shown>('open', load))
        for (let pan = 1; pan <= PANS; pan++) {
          const back = (pan * OLDER_DAYS * DAY_MS) / PANS
          panned.push(await call<Shown>('pan', { from: load.from - back, to: load.to - back }))
        }
      })
    }
  } finally {
    await browser.close()
  }
  const problem = [...opened, ...panned].flatMap(({ problems }) => problems)[0]
  if (problem !== undefined) throw new Error(problem)
  // A peak that is not whole would make any speed worthless.
  const lost = opened.find(({ highest }) => highest !== SPIKE)
  if (lost) throw new Error(`the highest sample of the window is shown as ${lost.highest}`)
  const oldest = load.from - OLDER_DAYS * DAY_MS
  for (const { from, to, refused } of [...opened, ...panned]) {
    const written = refusedBy(oldest, to, EVERY_MS) - refusedBy(oldest, from, EVERY_MS)
    if (refused !== written) throw new Error(`${refused} of ${written} refusals came`)
  }
  return { opened, panned }
}

/** Measures it, and says what it took. */
export async function benchPrometheus() {
  const server = await startVictoriaMetrics()
  if (!server)
    return console.log('Left out: VictoriaMetrics is not installed (npm run lab:install).')
  try {
    const to = Math.floor(Date.now() / EVERY_MS) * EVERY_MS
    const from = to - SHOWN_DAYS * DAY_MS
    const metrics = Array.from({ length: SERIES }, (_, i) => `bench.level${i}`)
    const organisation = 'bench'
    const oldest = from - OLDER_DAYS * DAY_MS
    await writePast(server.url, { organisation, metrics, from: oldest, to, everyMs: EVERY_MS })
    const { opened, panned } = await shownOf({ url: server.url, organisation, metrics, from, to })
    const tookMs = (shown: readonly Shown[]) => shown.map((one) => one.tookMs)
    const rowOf = (shown: readonly Shown[]) => ({
      'median ms': medianOf(tookMs(shown)),
      'worst ms': Math.max(...tookMs(shown)),
      steps: shown[0]!.steps,
    })
    report('prometheus', {
      title: `${SHOWN_DAYS} days of ${SERIES} series at ${EVERY_MS / 1000} s, from VictoriaMetrics to pixels`,
      command: 'npx tsx bench/prometheus.ts',
      rows: { open: rowOf(opened), 'pan by a sixth': rowOf(panned) },
      goals: [
        { words: 'opened', value: medianOf(tookMs(opened)), most: 1_500, unit: 'ms' },
        { words: 'pan by a sixth', value: medianOf(tookMs(panned)), most: 300, unit: 'ms' },
      ],
    })
  } finally {
    await server.stop()
  }
}

if (isMainThread && process.argv[1] === fileURLToPath(import.meta.url)) await benchPrometheus()
