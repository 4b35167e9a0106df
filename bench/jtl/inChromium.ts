import { type BenchBrowser, openBenchBrowser } from '../browser/benchBrowser.ts'
import type { JtlTime } from '../browser/pages/jtl.ts'
import { printRow } from '../measure.ts'
import type { JtlSums } from './jtlFile.ts'
import { median, sameSums } from './results.ts'

const ROUNDS = 5

const WAYS = { read: 'raw read', scan: 'scan', import: 'import', papa: 'Papa chunked' } as const
type Way = keyof typeof WAYS
type Reading = JtlTime & { cpuMs: number | null; grownBytes: number | null }

/** One reading in a page, and so a process, of its own. */
const readingOf = (browser: BenchBrowser, path: string, way: Way | 'cancelled') =>
  browser.open('jtl.html', async ({ page, measured, held, peakBytes }) => {
    await page.setInputFiles('input', path)
    const before = (await held()).residentBytes
    const { result, cpuMs } = await measured<JtlTime | number>(way)
    const peak = await peakBytes()
    return { result, cpuMs, grownBytes: peak === null || before === null ? null : peak - before }
  })

/** What reading a JTL costs in a worker of Chromium, from a file that the user chose. */
export async function benchJtlInChromium(path: string, expected: JtlSums, megabytes: number) {
  const browser = await openBenchBrowser()
  const readings = new Map<Way, Reading[]>()
  const cancelMs: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    for (const way of Object.keys(WAYS) as Way[]) {
      const { result, cpuMs, grownBytes } = await readingOf(browser, path, way)
      const time = result as JtlTime
      sameSums(WAYS[way], time.sums, expected)
      readings.set(way, [...(readings.get(way) ?? []), { ...time, cpuMs, grownBytes }])
    }
    cancelMs.push((await readingOf(browser, path, 'cancelled')).result as number)
  }
  await browser.close()

  console.log(
    `\nJTL in a worker of Chromium: ${expected.rows} rows, ${megabytes.toFixed(0)} MB, median of ${ROUNDS}`,
  )
  printRow(['', 'ms', 'MB/s', 'Papa / it', 'CPU', 'Papa / it', 'memory', '/ file', 'main gap'])
  const papaMs = median(readings.get('papa')!.map(({ ms }) => ms))
  const cpuOf = (runs: readonly Reading[]) => median(runs.map(({ cpuMs }) => cpuMs ?? NaN))
  const papaCpuMs = cpuOf(readings.get('papa')!)
  for (const [way, runs] of readings) {
    const ms = median(runs.map((run) => run.ms))
    const grown = runs.flatMap(({ grownBytes }) => grownBytes ?? [])
    const grownMb = grown.length > 0 ? median(grown) / 1e6 : null
    printRow([
      WAYS[way],
      ms.toFixed(0),
      ((megabytes * 1000) / ms).toFixed(0),
      `${(papaMs / ms).toFixed(2)}×`,
      `${cpuOf(runs).toFixed(0)} ms`,
      `${(papaCpuMs / cpuOf(runs)).toFixed(2)}×`,
      grownMb === null ? '–' : `+${grownMb.toFixed(0)} MB`,
      grownMb === null ? '–' : `${(grownMb / megabytes).toFixed(2)}×`,
      `${Math.max(...runs.map((run) => run.longestGapMs)).toFixed(0)} ms`,
    ])
  }
  console.log(
    `an import that is called off half-way has ended after ${median(cancelMs).toFixed(0)} ms, at most ${Math.max(...cancelMs).toFixed(0)} ms`,
  )
}
