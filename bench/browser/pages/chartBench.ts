import type { FrameTimes } from './frameTimes.ts'

/** What is drawn. `points` per series, one a second; the window shows the second half of them at first. */
export type ChartLoad = {
  panels: number
  series: number
  points: number
  /** Changes of the limit; 0: no limit. */
  limits: number
  events: number
}

/** The same charts in several libraries, and the same things done to them. */
export type ChartBench = {
  /** Makes the data; nothing is drawn. */
  prepare: (load: ChartLoad) => void
  /** Draws everything once; resolves after the frame that shows it. */
  mount: () => Promise<void>
  /** Moves the window to and fro over the data, a step per frame. */
  pan: (frames: number) => Promise<FrameTimes>
  /** Moves the pointer over the first chart, once per frame. */
  hover: (frames: number) => Promise<FrameTimes>
  /** Appends a sample to every series and slides the window, `times` times, so far apart. */
  tick: (ticks: { times: number; everyMs: number }) => Promise<void>
}

/** Width and height of one plot, the same in all libraries: axes come on top. */
export const PLOT = { width: 1_120, height: 340 }
export const SMALL_PLOT = { width: 1_120, height: 100 }
export const plotOf = ({ panels }: ChartLoad) => (panels === 1 ? PLOT : SMALL_PLOT)

/** The window of a frame: half of the data, moved from one end to the other and back. */
export function windowAt(share: number, points: number) {
  const length = points / 2
  const from = length * (1 - Math.abs(1 - 2 * share))
  return { from: Math.round(from), to: Math.round(from + length) }
}

/** Tasks that held the main thread up for longer than 50 ms, which is as fine as a browser tells. */
const longTasks: number[] = []
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) longTasks.push(duration)
}).observe({ type: 'longtask', buffered: true })

/** Offers a library to the bench; `longestTaskMs` is of the tasks since the last time it was asked. */
export const offer = (bench: ChartBench) => {
  window.bench = {
    ...bench,
    longestTaskMs: () => Math.max(0, ...longTasks.splice(0)),
    nodes: () => document.querySelectorAll('*').length,
  }
}
