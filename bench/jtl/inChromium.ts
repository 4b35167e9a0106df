import { openBenchBrowser } from '../browser/benchBrowser.ts'
import { calledOffMs, type Reading, readingOf } from '../browser/readingOf.ts'
import { medianOf } from '../measure.ts'
import { report } from '../record.ts'
import type { JtlSums } from './jtlFile.ts'
import { COMMAND, sameSums } from './results.ts'

const ROUNDS = 5

const WAYS = { read: 'raw read', scan: 'scan', import: 'import', papa: 'Papa chunked' } as const
type Way = keyof typeof WAYS

/** What reading a JTL costs in a worker of Chromium, from a file that the user chose. */
export async function benchJtlInChromium(path: string, expected: JtlSums, megabytes: number) {
  const browser = await openBenchBrowser()
  const readings = new Map<Way, Reading[]>()
  const cancelMs: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    for (const way of Object.keys(WAYS) as Way[]) {
      const reading = await readingOf(browser, path, way)
      sameSums(WAYS[way], reading.sums, expected)
      readings.set(way, [...(readings.get(way) ?? []), reading])
    }
    cancelMs.push(await calledOffMs(browser, path))
  }
  await browser.close()

  const papaMs = medianOf(readings.get('papa')!.map(({ ms }) => ms))
  const cpuOf = (runs: readonly Reading[]) => medianOf(runs.map(({ cpuMs }) => cpuMs ?? NaN))
  const papaCpuMs = cpuOf(readings.get('papa')!)
  const rows = [...readings].map(([way, runs]) => {
    const ms = medianOf(runs.map((run) => run.ms))
    const grownMb = medianOf(runs.map(({ grownBytes }) => grownBytes ?? NaN)) / 1e6
    const found = {
      ms,
      'MB/s': (megabytes * 1000) / ms,
      'Papa / it': papaMs / ms,
      'CPU ms': cpuOf(runs),
      'Papa / CPU': papaCpuMs / cpuOf(runs),
      'memory MB': grownMb,
      '/ file': grownMb / megabytes,
      'main gap': Math.max(...runs.map((run) => run.longestGapMs)),
    }
    return [WAYS[way], found] as const
  })
  const found = Object.fromEntries(rows)
  const own = found[WAYS.import]!
  report('jtl', {
    title: `JTL in a worker of Chromium: ${expected.rows} rows, ${megabytes.toFixed(0)} MB, against PapaParse in chunks`,
    command: COMMAND,
    rows: {
      ...found,
      'called off': { ms: medianOf(cancelMs) },
      'at most': { ms: Math.max(...cancelMs) },
    },
    goals: [
      { words: 'times as fast, import', value: own['Papa / it']!, least: 2.5, unit: '×' },
      { words: 'memory against the file', value: own['/ file']!, most: 1.25, unit: '×' },
      { words: 'longest gap on the main thread', value: own['main gap']!, most: 50, unit: 'ms' },
    ],
  })
}
