/**
 * What it costs to keep a million samples in a real browser and to read them back, against one row per
 * sample in the same run. Alone, on a quiet machine: `npx tsx bench/history.ts`; the rows take minutes to write.
 */
import { isMainThread } from 'node:worker_threads'
import { fileURLToPath } from 'node:url'
import { openBenchBrowser } from './browser/benchBrowser.ts'
import type { HistoryLoad } from './browser/pages/history.ts'
import { medianOf } from './measure.ts'
import { report } from './record.ts'

type Timed = { count: number; tookMs: number; longestGapMs: number }

const load: HistoryLoad = { series: 40, samples: 25_000 }
const READS = 3

export async function benchHistory() {
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
    const summary = (all: readonly Timed[]) => {
      const middle = (key: keyof Timed) => medianOf(all.map((one) => one[key]))
      return { ms: middle('tookMs'), 'longest gap': middle('longestGapMs'), count: middle('count') }
    }
    const rows = summary(reads.get('readRows')!)
    const ours = summary(reads.get('readHistory')!)
    report('history', {
      title: `history in IndexedDB: ${load.series} series of ${load.samples} samples, against a row per sample`,
      command: 'npx tsx bench/history.ts',
      rows: {
        'write rows': summary([written.rows]),
        'write ours': summary([written.history]),
        'read rows': rows,
        'read ours': ours,
        minutes: summary(reads.get('readMinutes')!),
      },
      goals: [{ words: 'times as fast, reading', value: rows.ms / ours.ms, least: 50, unit: '×' }],
    })
  })
  await browser.close()
}

if (isMainThread && process.argv[1] === fileURLToPath(import.meta.url)) await benchHistory()
