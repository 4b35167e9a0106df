import { flushSync } from 'react-dom'
import { createRoot, type Root } from 'react-dom/client'
import { CartesianGrid, Line, LineChart, ReferenceLine, XAxis, YAxis } from 'recharts'
import { failures, limitSteps, START, walk } from './benchData.ts'
import { type ChartLoad, offer, plotOf, windowAt } from './chartBench.ts'
import { inFrames, nextFrame } from './frameTimes.ts'

type Row = Record<string, number>
let load: ChartLoad
let rows: Row[]
let root: Root

/** As the documentation of Recharts shows it: rows, a Line per series, a ReferenceLine per limit and per event. */
function Charts({ shown }: { shown: readonly Row[] }) {
  const { width, height } = plotOf(load)
  const events = failures(load.events, load.points * 1000)
  return (
    <LineChart width={width + 44} height={height + 24} data={[...shown]}>
      <CartesianGrid vertical={false} />
      <XAxis dataKey="t" type="number" domain={['dataMin', 'dataMax']} height={24} />
      <YAxis width={44} />
      {limitSteps(load.limits).map(({ from, value }) => (
        <ReferenceLine key={from} y={value ?? 0} stroke="#f2e97f" />
      ))}
      {events.map(({ at }, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- the events never change
        <ReferenceLine key={i} x={at} stroke="#ea551f" />
      ))}
      {Array.from({ length: load.series }, (_, i) => (
        <Line key={i} dataKey={`v${i}`} dot={false} isAnimationActive={false} stroke="#56b4e9" />
      ))}
    </LineChart>
  )
}

const notMeasured = () => Promise.reject(new Error('not measured here'))

offer({
  prepare(wanted) {
    load = wanted
    const columns = Array.from({ length: load.series }, (_, i) => walk(load.points, i + 1).value)
    rows = Array.from({ length: load.points }, (_, r) => {
      const row: Row = { t: START + r * 1000 }
      columns.forEach((column, i) => (row[`v${i}`] = column[r]!))
      return row
    })
  },
  async mount() {
    root = createRoot(document.getElementById('root')!)
    flushSync(() => root.render(<Charts shown={rows.slice(load.points / 2)} />))
    await nextFrame()
    await nextFrame()
  },
  pan: (frames) =>
    inFrames(frames, (frame) => {
      const { from, to } = windowAt(frame / frames, load.points)
      flushSync(() => root.render(<Charts shown={rows.slice(from, to)} />))
    }),
  hover: notMeasured,
  tick: notMeasured,
})
