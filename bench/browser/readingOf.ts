import type { BenchBrowser, Cost } from './benchBrowser.ts'
import type { ReadingTime } from './pages/reading.ts'

type Grown = { grownBytes: number | null }
/** What one reading cost: its time, the memory its process grew by, and the longest gap on the main thread. */
export type Reading = ReadingTime & Cost & Grown

/** Has a file read in a way of `pages/reading.ts`, in a page, and so a process, of its own. */
export const readingOf = (browser: BenchBrowser, path: string, way: string): Promise<Reading> =>
  inItsOwnPage<ReadingTime, Reading>(browser, path, way, (result, cost) => ({ ...result, ...cost }))

/** How long an import that is called off half-way goes on, ms. */
export const calledOffMs = (browser: BenchBrowser, path: string): Promise<number> =>
  inItsOwnPage<number, number>(browser, path, 'cancelled', (result) => result)

const inItsOwnPage = <Result, Told>(
  browser: BenchBrowser,
  path: string,
  way: string,
  told: (result: Result, cost: Cost & Grown) => Told,
): Promise<Told> =>
  browser.open('reading.html', async ({ page, measured, held, peakBytes }) => {
    await page.setInputFiles('input', path)
    const before = (await held()).residentBytes
    const { result, ...cost } = await measured<Result>(way)
    const peak = await peakBytes()
    const grownBytes = peak === null || before === null ? null : peak - before
    return told(result, { ...cost, grownBytes })
  })
