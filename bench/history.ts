/**
 * What it costs to keep a million samples in a real browser and to read them back, against one row per
 * sample in the same run. Alone, on a quiet machine: `npx tsx bench/history.ts`; the rows take minutes to write.
 */
import { isMainThread } from 'node:worker_threads'
import { fileURLToPath } from 'node:url'
import { openBenchBrowser } from './browser/benchBrowser.ts'
import type { HistoryLoad } from './browser/pages/history.ts'
import { medianOf, printRow } from './measure.ts'

type Timed = { count: number; tookMs: number; longestGapMs: number }

const LOAD: HistoryLoad = { series: 40, samples: 25_000 }
const READS = 3
/** Reading may take this much less than reading rows, at least. */
const GOAL = 50

export async function benchHistory(load = LOAD) {
  const browser = await openBenchBrowser()
  await browser.open('history.html', async ({ call }) => {
    // Anything that is compared holds the same samples.
    const done = async (name: string) => {
      const timed = await call<Timed>(name, load)
      const expected = name === 'readMinutes' ? timed.count : load.series * load.samples
      if (timed.count !== expected)
        throw new Error(`${name}: ${timed.count} samples of ${expected}`)
      return timed
    }
    const written = { rows: await done('writeRows'), history: await done('writeHistory') }
    const names = ['readRows', 'readHistory', 'readMinutes'] as const
    const reads = new Map<string, Timed[]>(names.map((name) => [name, []]))
    // By turns, so that a slow phase of the machine meets all alike.
    for (let run = 0; run < READS; run++)
      for (const name of names) reads.get(name)!.push(await done(name))
    console.log(`\nhistory: ${load.series} series of ${load.samples} samples, in Chromium`)
    printRow(['', 'ms', 'longest gap', 'count'])
    const print = (title: string, all: readonly Timed[]) => {
      const middle = (key: keyof Timed) => medianOf(all.map((one) => one[key]))
      const numbers = [middle('tookMs').toFixed(0), middle('longestGapMs').toFixed(0)]
      printRow([title, ...numbers, String(middle('count'))])
      return middle('tookMs')
    }
    print('write rows', [written.rows])
    print('write ours', [written.history])
    const rows = print('read rows', reads.get('readRows')!)
    const ours = print('read ours', reads.get('readHistory')!)
    print('minutes', reads.get('readMinutes')!)
    console.log(`  reading: ${(rows / ours).toFixed(0)} times as fast as rows (goal ${GOAL})`)
    console.log(
      `  writing: ${(written.rows.tookMs / written.history.tookMs).toFixed(0)} times as fast as rows`,
    )
  })
  await browser.close()
}

if (isMainThread && process.argv[1] === fileURLToPath(import.meta.url)) {
  const share = Number(process.argv[2] ?? 1)
  await benchHistory({ ...LOAD, samples: LOAD.samples * share })
}
