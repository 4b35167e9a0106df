import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Series } from '#domain/series/series.ts'
import { epochMs } from '#domain/units.ts'
import {
  AXIS,
  at,
  everyTenSeconds,
  frames,
  LIMIT,
  PLOT_WIDTH,
  pixelsOf,
  prepareCharts,
  renderCharts,
  START,
  textsSince,
  WATER,
  xOfMinute,
} from '#testing/renderCharts.tsx'
import type { PanelLimit, TimeWindow } from './chartData.ts'

beforeEach(prepareCharts)
afterEach(() => {
  vi.restoreAllMocks()
})

const series = (...samples: readonly [minutes: number, value: number][]): Series => ({
  timeMs: Float64Array.from(samples, ([minutes]) => at(minutes)),
  value: Float64Array.from(samples, ([, value]) => value),
})
const limitOf = (value: number): PanelLimit => ({
  ...LIMIT,
  steps: [{ from: at(-60), value, source: 'namespace default' }],
})
const flat = (value: number) => everyTenSeconds(() => value)
/** From the end of the window to its beginning. */
const backwards = (forwards: Series): Series => ({
  timeMs: forwards.timeMs.toReversed(),
  value: forwards.value.toReversed(),
})

/** Where the curve runs, in CSS pixels from the top of a row 164 high; fails where there is none. */
async function curveOf(options: Parameters<typeof renderCharts>[0], window?: TimeWindow) {
  const failures = vi.spyOn(console, 'error')
  const { canvasOf, frame, screen } = await renderCharts(options)
  if (window) frame.show(window)
  await frames()
  const curve = pixelsOf(canvasOf('Connections'), WATER, AXIS, AXIS + PLOT_WIDTH)
  expect(failures).not.toHaveBeenCalled()
  expect(curve.length).toBeGreaterThan(0)
  const heights = curve.map(({ y }) => y)
  return { curve, top: Math.min(...heights), bottom: Math.max(...heights), screen }
}

const TOP = 5
const BASE = 158

describe('a value that is none', () => {
  test.each([NaN, Infinity, -Infinity])('%s is a gap, hatched and named', async (value) => {
    const { canvasOf, frame } = await renderCharts({
      series: everyTenSeconds((minutes) => (minutes > 20 && minutes < 26 ? value : 500)),
    })
    const canvas = canvasOf('Connections')
    expect(pixelsOf(canvas, WATER, xOfMinute(20) + 4, xOfMinute(26) - 4)).toEqual([])
    expect(pixelsOf(canvas, WATER, xOfMinute(27), xOfMinute(59)).length).toBeGreaterThan(0)
    expect(await textsSince(() => frame.show({ from: at(0), to: at(59) }))).toContain('gap 6 min')
  })
})

describe('times that are out of order', () => {
  test('samples that come backwards are the same picture as forwards', async () => {
    const ramp = everyTenSeconds((minutes) => minutes * 10)
    const forwards = await curveOf({ series: ramp, limit: null })
    await forwards.screen.unmount()
    const turned = await curveOf({ series: backwards(ramp), limit: null })
    expect(turned.curve).toEqual(forwards.curve)
  })

  test('of two samples for one instant the later one counts', async () => {
    const twice = series([0, 900], [0, 100], [20, 900], [20, 100], [40, 100])
    const { top } = await curveOf({ series: twice, limit: limitOf(1_000) })
    expect(top).toBeGreaterThan(120)
  })
})

describe('hardly any samples', () => {
  test('one sample is a dot, and when it was is said', async () => {
    const { canvasOf, frame } = await renderCharts({ series: series([10, 500]) })
    const dot = pixelsOf(canvasOf('Connections'), WATER, xOfMinute(10) - 4, xOfMinute(10) + 4)
    expect(dot.length).toBeGreaterThan(4)
    expect(await textsSince(() => frame.show({ from: at(0), to: at(59) }))).toContain(
      'nothing since 11:40',
    )
  })

  test('a window without samples still has its limit', async () => {
    const { frame } = await renderCharts({ series: flat(500) })
    const texts = await textsSince(() => frame.show({ from: at(-50), to: at(-10) }))
    expect(texts).toContain('Limit 1 000')
  })

  test('a window of one millisecond between two samples has the line that joins them', async () => {
    const everySecond = series(
      ...Array.from({ length: 61 }, (_, i): [number, number] => [i / 60, 500]),
    )
    const window = { from: epochMs(START + 30_200), to: epochMs(START + 30_201) }
    const { curve } = await curveOf({ series: everySecond }, window)
    expect(new Set(curve.map(({ x }) => Math.floor(x))).size).toBeGreaterThan(0.98 * PLOT_WIDTH)
  })

  test('a window of no length is refused', async () => {
    const { frame } = await renderCharts()
    expect(() => frame.show({ from: at(5), to: at(5) })).toThrow(RangeError)
    expect(() => frame.show({ from: at(5), to: epochMs(NaN) })).toThrow(RangeError)
  })
})

describe('values out of the common', () => {
  test('zeros lie on the base', async () => {
    const { top } = await curveOf({ series: flat(0), limit: null })
    expect(top).toBeGreaterThan(BASE)
  })

  test('negative values lie under a zero that is on the axis', async () => {
    const falling = everyTenSeconds((minutes) => -minutes)
    const { top, bottom } = await curveOf({ series: falling, limit: null })
    expect(top).toBeLessThan(bottom - 100)
    expect(document.querySelector('[class*=panel] svg')?.textContent).toContain('−20')
  })

  test('1 under a limit of 1 000 000 000 is on the base, and no label is cut', async () => {
    const { top } = await curveOf({ series: flat(1), limit: limitOf(1e9) })
    expect(top).toBeGreaterThan(BASE)
    expectLabelsInside()
  })

  test('1 000 000 000 over a limit of 1 is at the top, and the limit is at the base', async () => {
    const { bottom } = await curveOf({ series: flat(1e9), limit: limitOf(1) })
    expect(bottom).toBeLessThan(60)
    expectLabelsInside()
  })

  test.each([5e-324, 1e-310, 1e-12])('%s is as good as zero', async (value) => {
    const { top } = await curveOf({ series: flat(value), limit: null })
    expect(top).toBeGreaterThan(BASE)
  })

  test('1e308 has an axis', async () => {
    const { bottom } = await curveOf({ series: flat(1e308), limit: null })
    expect(bottom).toBeLessThan(TOP)
  })

  test('what swings from −1e308 to 1e308 swings from edge to edge', async () => {
    const swinging = everyTenSeconds((minutes) => (minutes % 2 < 1 ? 1e308 : -1e308))
    const { top, bottom } = await curveOf({ series: swinging, limit: null })
    expect([top < TOP, bottom > BASE]).toEqual([true, true])
  })
})

test('a hundred lines are drawn, the first on top', async () => {
  const more = Array.from({ length: 99 }, (_, i) => flat(10 * i))
  const { curve } = await curveOf({ series: flat(500), more })
  expect(curve.length).toBeGreaterThanOrEqual(0.9 * PLOT_WIDTH)
})

const CRITICAL = [0xea, 0x55, 0x1f]

test('one error is seen in a window of a millisecond and in one of a year', async () => {
  const { canvasOf, frame } = await renderCharts({ series: series(), errors: [at(30)] })
  for (const half of [0.5, 183 * 24 * 3_600_000]) {
    frame.show({ from: epochMs(at(30) - half), to: epochMs(at(30) + half) })
    await frames()
    const middle = AXIS + PLOT_WIDTH / 2
    const mark = pixelsOf(canvasOf('No errors'), CRITICAL, middle - 8, middle + 8)
    expect(mark.length).toBeGreaterThan(20)
  }
})

test('a thousand errors at one instant are one mark with their count', async () => {
  const { frame } = await renderCharts({ errors: Array.from({ length: 1_000 }, () => at(30)) })
  const texts = await textsSince(() => frame.show({ from: at(0), to: at(59) }))
  expect(texts).toContain('1 000')
})

/** Digits that are cut off at the left make another number. */
function expectLabelsInside() {
  const labels = [...document.querySelectorAll('[class*=panel] svg text')]
  expect(labels.length).toBeGreaterThan(1)
  for (const label of labels) {
    const svg = label.closest('svg')!.getBoundingClientRect()
    expect(label.getBoundingClientRect().left).toBeGreaterThanOrEqual(svg.left)
  }
}
