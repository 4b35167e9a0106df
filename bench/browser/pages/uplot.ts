import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { START, walk } from './benchData.ts'
import { type ChartLoad, offer, plotOf, windowAt } from './chartBench.ts'
import { inFrames, nextFrame } from './frameTimes.ts'

const AXIS_WIDTH = 44
const AXIS_HEIGHT = 24
const COLOURS = [
  '#56b4e9',
  '#b4beca',
  '#dd90bc',
  '#04a36e',
  '#f9b310',
  '#ea551f',
  '#8f9ba9',
  '#e6eaf0',
]

let charts: uPlot[] = []
let data: [Float64Array, ...Float64Array[]]
let load: ChartLoad

const secondsAt = (index: number) => START / 1000 + index
const view = (from: number, to: number) => ({ min: secondsAt(from), max: secondsAt(to) })

function chart() {
  const { width, height } = plotOf(load)
  const axis = { stroke: '#8f9ba9', grid: { stroke: '#222c38' }, ticks: { show: false } }
  return new uPlot(
    {
      width: width + AXIS_WIDTH,
      height: height + AXIS_HEIGHT,
      legend: { show: true, live: true },
      cursor: { drag: { x: true, y: false }, sync: { key: 'bench' } },
      padding: [0, 0, 0, 0],
      scales: { x: { time: true } },
      axes: [
        { ...axis, size: AXIS_HEIGHT },
        { ...axis, size: AXIS_WIDTH },
      ],
      series: [
        {},
        ...Array.from({ length: load.series }, (_, i) => ({
          label: `Series ${i + 1}`,
          stroke: COLOURS[i % COLOURS.length]!,
          width: 1.5,
          points: { show: false },
        })),
      ],
    },
    data,
    document.getElementById('root')!,
  )
}

offer({
  prepare(wanted) {
    load = wanted
    const walks = Array.from({ length: load.series }, (_, i) => walk(load.points, i + 1).value)
    const seconds = Float64Array.from({ length: load.points }, (_, i) => secondsAt(i))
    data = [seconds, ...walks]
  },
  async mount() {
    charts = []
    for (let i = 0; i < load.panels; i++) {
      charts.push(chart())
      charts[i]!.setScale('x', view(load.points / 2, load.points))
    }
    await nextFrame()
    await nextFrame()
  },
  pan: (frames) =>
    inFrames(frames, (frame) => {
      const { from, to } = windowAt(frame / frames, load.points)
      for (const each of charts) each.setScale('x', view(from, to))
    }),
  hover: (frames) => {
    const { over } = charts[0]!
    const { left, top, width } = over.getBoundingClientRect()
    return inFrames(frames, (frame) => {
      const clientX = left + (width * (frame + 0.5)) / frames
      over.dispatchEvent(
        new MouseEvent('mousemove', { clientX, clientY: top + 50, bubbles: true, view: window }),
      )
    })
  },
  async tick({ times, everyMs }) {
    for (let tick = 0; tick < times; tick++) {
      await new Promise((done) => setTimeout(done, everyMs))
      const size = data[0].length
      // As a live chart does it: the oldest sample goes, a new one comes.
      data[0].copyWithin(0, 1)
      data[0][size - 1] = data[0][size - 2]! + 1
      for (const column of data.slice(1)) {
        column.copyWithin(0, 1)
        column[size - 1] = column[size - 2]! + 4 * (Math.random() - 0.5)
      }
      for (const each of charts) {
        each.setData(data, false)
        each.setScale('x', { min: data[0][size / 2]!, max: data[0][size - 1]! })
      }
    }
  },
})
