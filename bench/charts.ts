/**
 * What the charts cost in a real browser, against uPlot and idiomatic Recharts drawing the same in the same run. Run alone with
 * `npx tsx bench/charts.ts`.
 */
import { type BenchBrowser, openBenchBrowser } from './browser/benchBrowser.ts'
import type { ChartLoad } from './browser/pages/chartBench.ts'
import type { FrameTimes } from './browser/pages/frameTimes.ts'
import { printRow } from './measure.ts'

type Library = 'tidemark' | 'uplot' | 'recharts'
const FRAMES = 240

async function pan(browser: BenchBrowser, library: Library, load: ChartLoad) {
  return browser.open(`${library}.html`, async ({ call, measured }) => {
    await call('mount', load)
    await call('pan', 10)
    const { mainMs, cpuMs, result } = await measured<FrameTimes>('pan', FRAMES)
    printRow([
      library,
      `${(mainMs / FRAMES).toFixed(2)} ms`,
      cpuMs === null ? '–' : `${(cpuMs / FRAMES).toFixed(2)} ms`,
      `${result.p95Ms.toFixed(1)} ms`,
      `${(100 * result.droppedShare).toFixed(1)} %`,
    ])
  })
}

const browser = await openBenchBrowser()
const load: ChartLoad = { panels: 1, series: 8, points: 2 * 86_400, limits: 0, events: 0 }
console.log('\npan over 24 h of seconds, 8 series')
printRow(['', 'main', 'cpu', 'p95', 'dropped'])
for (let run = 0; run < 3; run++) {
  await pan(browser, 'uplot', load)
  await pan(browser, 'tidemark', { ...load, limits: 8, events: 200_000 })
}
await browser.close()
