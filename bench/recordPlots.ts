import { type Mark, writePlot } from './plot.ts'
import type { BenchRecord } from './findings.ts'

/** The plots of docs/performance.md for which there is something on record. */
export function drawPlots(record: BenchRecord) {
  drawPans(record)
  drawWindows(record)
  drawSoak(record)
}

const PANS = { small: 1_000, pan: 86_400, million: 1_000_000 } as const

function drawPans(record: BenchRecord) {
  const marksOf = (library: string): Mark[] =>
    Object.entries(PANS).flatMap(([part, points]) => {
      const y = record[part]?.rows[library]?.['cpu']
      return y === undefined ? [] : [{ x: Math.log10(points), y }]
    })
  const recharts = record['recharts']?.rows['recharts']?.['cpu']
  writePlot('performance-pan', {
    title: 'One step of a pan, CPU of the whole browser',
    xLabel: 'points in view per series',
    yLabel: 'ms per frame',
    x: [2.8, 6.2],
    xTicks: [3, 4, 5, 6].map((at) => ({ at, text: thousands(10 ** at) })),
    yTicks: [0, 100, 200, 300, 400],
    rules: [{ y: 1000 / 60, text: 'a frame of 60 Hz' }],
    lines: [
      {
        name: 'Tidemark, 8 series, limits, events',
        marks: marksOf('tidemark'),
        isJoined: true,
      },
      { name: 'uPlot, the 8 series alone', marks: marksOf('uplot'), isJoined: true },
      {
        name: 'Recharts, 4 series, 4 limits, 50 events',
        marks: recharts === undefined ? [] : [{ x: 4, y: recharts }],
      },
    ],
  })
}

function drawWindows({ series }: BenchRecord) {
  if (!series) return
  const marksOf = (column: string): Mark[] =>
    Object.entries(series.rows).map(([size, values]) => ({
      x: Math.log10(Number(size)),
      y: Math.log10(values[column]!),
    }))
  writePlot('performance-window', {
    title: 'A window of 1 120 columns over a whole series',
    xLabel: 'samples',
    yLabel: 'ms',
    x: [3.8, 7.2],
    xTicks: [4, 5, 6, 7].map((at) => ({ at, text: thousands(10 ** at) })),
    yTicks: [-3, -2, -1, 0, 1, 2, 3],
    yText: (value) => thousands(10 ** value),
    lines: [
      { name: 'M4 from the pyramid', marks: marksOf('m4 ms'), isJoined: true },
      { name: 'reading every value once', marks: marksOf('read all ms'), isJoined: true },
      { name: 'M4 without a pyramid', marks: marksOf('brute ms'), isJoined: true },
    ],
  })
}

const TICK_MB = 20

function drawSoak({ soak }: BenchRecord) {
  if (!soak) return
  const hours = Object.entries(soak.rows)
  const grown = (column: string): Mark[] =>
    hours.map(([hour, values]) => ({ x: Number(hour), y: values[column]! - hours[0]![1][column]! }))
  const all = [...grown('heap MB'), ...grown('RSS MB')].map(({ y }) => y)
  const lowest = Math.floor(Math.min(0, ...all) / TICK_MB)
  const highest = Math.ceil(Math.max(2 * TICK_MB, ...all) / TICK_MB)
  writePlot('performance-soak', {
    title: 'The Live screen over virtual hours: growth since the warm-up',
    xLabel: 'virtual hours',
    yLabel: 'MB',
    x: [Number(hours[0]![0]) - 0.5, Number(hours.at(-1)![0]) + 0.5],
    xTicks: hours.filter((_, i) => i % 4 === 0).map(([hour]) => ({ at: Number(hour), text: hour })),
    yTicks: Array.from({ length: highest - lowest + 1 }, (_, i) => (lowest + i) * TICK_MB),
    rules: [{ y: 20, text: 'goal of the renderer process' }],
    lines: [
      { name: 'JavaScript heap after garbage collection', marks: grown('heap MB'), isJoined: true },
      { name: 'renderer process', marks: grown('RSS MB'), isJoined: true },
    ],
  })
}

/** `1 000 000`, `0.01`. */
const thousands = (value: number) =>
  value < 1
    ? String(Number(value.toPrecision(1)))
    : Math.round(value).toLocaleString('en').replaceAll(',', '\u2009')
