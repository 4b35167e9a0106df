/**
 * The Live screen over virtual hours: the real monitor asks the simulated organisation on a clock that runs as fast as frames allow, while window,
 * gestures and crosshair change. After each hour, garbage collected: what the page holds. `npx tsx bench/soak.ts [hours]`, 24 after two of warm-up.
 */
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'
import { type Held, openBenchBrowser } from './browser/benchBrowser.ts'
import type { Goal, Measured } from './findings.ts'
import { report } from './record.ts'

const HOUR_MS = 3_600_000
const WARM_UP_HOURS = 2
const MB = 1024 * 1024

const mb = (bytes: number | null) => (bytes === null ? NaN : bytes / MB)

const measuredOf = (held: Held, tookMs: number) => ({
  'heap MB': mb(held.heapBytes),
  nodes: held.nodes,
  listeners: held.listeners,
  entries: held.performanceEntries,
  'RSS MB': mb(held.residentBytes),
  'times real': HOUR_MS / tookMs,
})

/** Runs the soak and says what grew between the end of the warm-up and the end. */
export async function benchSoak(hours = 24) {
  const browser = await openBenchBrowser()
  const rows: Record<string, Measured> = {}
  await browser.open('soak.html', async ({ call, held }) => {
    await call('start')
    for (let hour = 1 - WARM_UP_HOURS; hour <= hours; hour++) {
      const begun = performance.now()
      await call('run', { lengthMs: HOUR_MS })
      const found = measuredOf(await held(), performance.now() - begun)
      console.log(`hour ${hour} of ${hours}: ${JSON.stringify(found)}`)
      if (hour >= 0) rows[hour] = found
    }
  })
  await browser.close()
  const grown = (column: string) => rows[hours]![column]! - rows[0]![column]!
  const most = (words: string, column: string, most: number, unit: string): Goal => ({
    words,
    value: grown(column),
    most,
    unit,
  })
  report('soak', {
    title: `soak: the Live screen over ${hours} virtual hours, after ${WARM_UP_HOURS} of warm-up`,
    command: `npx tsx bench/soak.ts${hours === 24 ? '' : ` ${hours}`}`,
    rows,
    goals: [
      most('heap after garbage collection grows', 'heap MB', 2, 'MB'),
      most('DOM nodes grow', 'nodes', 0, 'nodes'),
      most('listeners grow', 'listeners', 0, 'listeners'),
      most('performance entries grow', 'entries', 0, 'entries'),
      most('the renderer process grows', 'RSS MB', 20, 'MB'),
    ],
  })
}

if (isMainThread && process.argv[1] === fileURLToPath(import.meta.url))
  await benchSoak(hoursAsked() ?? 24)

function hoursAsked(): number | null {
  const word = process.argv.slice(2).find((one) => !one.startsWith('--'))
  return word === undefined ? null : Number(word)
}
