/**
 * The Live screen over virtual hours: the real monitor asks the simulated organisation on a clock that runs as fast as frames allow, while window,
 * gestures and crosshair change. After each hour, garbage collected: what the page holds. `npx tsx bench/soak.ts [hours]`, 24 after two of warm-up.
 */
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'
import { type Held, openBenchBrowser } from './browser/benchBrowser.ts'
import { printRow } from './measure.ts'

const HOUR_MS = 3_600_000
const WARM_UP_HOURS = 2
const MB = 1024 * 1024

const mb = (bytes: number | null) => (bytes === null ? '–' : (bytes / MB).toFixed(2))

function print(hour: number, held: Held, tookMs: number) {
  printRow([
    String(hour),
    mb(held.heapBytes),
    String(held.nodes),
    String(held.listeners),
    String(held.performanceEntries),
    mb(held.residentBytes),
    `${(HOUR_MS / tookMs).toFixed(0)}×`,
  ])
}

/** Runs the soak and says what grew between the end of the warm-up and the end. */
export async function benchSoak(hours = 24) {
  const browser = await openBenchBrowser()
  await browser.open('soak.html', async ({ call, held }) => {
    await call('start')
    console.log(
      `\nsoak: the Live screen over ${hours} virtual hours, after ${WARM_UP_HOURS} of warm-up`,
    )
    printRow(['hour', 'heap MB', 'nodes', 'listeners', 'entries', 'RSS MB', 'speed'])
    let first: Held | null = null
    let last: Held | null = null
    for (let hour = 1; hour <= WARM_UP_HOURS + hours; hour++) {
      const begun = performance.now()
      await call('run', { lengthMs: HOUR_MS })
      last = await held()
      print(hour, last, performance.now() - begun)
      if (hour === WARM_UP_HOURS) first = last
    }
    if (!first || !last) return
    console.log(
      `  grew: heap ${mb(last.heapBytes - first.heapBytes)} MB (goal 2), nodes ${last.nodes - first.nodes} (0), listeners ${last.listeners - first.listeners} (0), entries ${last.performanceEntries - first.performanceEntries} (0), RSS ${mb((last.residentBytes ?? 0) - (first.residentBytes ?? 0))} MB (20)`,
    )
  })
  await browser.close()
}

if (isMainThread && process.argv[1] === fileURLToPath(import.meta.url))
  await benchSoak(Number(process.argv[2] ?? 24))
