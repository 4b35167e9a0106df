import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import {
  AXIS,
  HEIGHT,
  HOUR,
  LIMIT,
  LIMIT_COLOUR,
  MINUTE,
  PLOT_WIDTH,
  START,
  WATER,
  at,
  everyTenSeconds,
  frames,
  pixelsOf,
  prepareCharts,
  renderCharts,
  textsSince,
  xOfMinute,
} from '#testing/renderCharts.tsx'
import { ChartStack } from './ChartStack.tsx'
import { createCrosshair } from './crosshair.ts'
import { SeriesPanel } from './SeriesPanel.tsx'
import { createTimeFrame } from './timeFrame.ts'

beforeEach(prepareCharts)
afterEach(() => {
  vi.restoreAllMocks()
})

describe('the picture', () => {
  test('a single spike among a hundred thousand samples is drawn to its height', async () => {
    const size = 100_000
    const series = {
      timeMs: Float64Array.from({ length: size }, (_, i) => START + i * 36),
      value: Float64Array.from({ length: size }, (_, i) => (i === 44_444 ? 900 : 100)),
    }
    const { canvasOf } = await renderCharts({ series })
    const x = xOfMinute((44_444 * 36) / MINUTE)
    const spike = pixelsOf(canvasOf('Connections'), WATER, Math.floor(x) - 2, Math.ceil(x) + 2)
    const beside = pixelsOf(canvasOf('Connections'), WATER, Math.floor(x) - 30, Math.floor(x) - 10)
    const highest = Math.min(...spike.map(({ y }) => y))
    // 900 of the 1 750 that the axis spans.
    expect(highest).toBeGreaterThan(HEIGHT * (1 - 900 / 1_750) - 5)
    expect(highest).toBeLessThan(HEIGHT * (1 - 900 / 1_750) + 5)
    expect(Math.min(...beside.map(({ y }) => y))).toBeGreaterThan(highest + 60)
  })

  test('floors are ticked and joined, and their rise is written', async () => {
    const floors = {
      floors: [10, 30, 50].map((minute) => ({ at: at(minute), value: 200 + minute })),
      words: 'floor +20 per iteration',
    }
    const { canvasOf, frame } = await renderCharts({ floors })
    const ink = [0xe6, 0xea, 0xf0]
    const x = xOfMinute(30)
    expect(pixelsOf(canvasOf('Connections'), ink, x - 3, x + 3).length).toBeGreaterThanOrEqual(8)
    const texts = await textsSince(() => frame.show({ from: at(0), to: at(59) }))
    expect(texts).toContain('floor +20 per iteration')
  })

  test('a gap is hatched, named, and not bridged', async () => {
    const { canvasOf, frame } = await renderCharts({
      series: everyTenSeconds((minutes) => (minutes > 20 && minutes < 26 ? null : 500)),
    })
    const canvas = canvasOf('Connections')
    expect(pixelsOf(canvas, WATER, xOfMinute(20) + 4, xOfMinute(26) - 4)).toEqual([])
    expect(pixelsOf(canvas, WATER, xOfMinute(19), xOfMinute(20) - 2).length).toBeGreaterThan(0)
    const texts = await textsSince(() => frame.show({ from: at(0), to: at(59) }))
    expect(texts).toContain('gap 6 min')
  })

  test('zero is a line on the axis, missing is no line', async () => {
    const { canvasOf } = await renderCharts({
      series: everyTenSeconds((minutes) => (minutes < 30 ? 0 : null)),
    })
    const canvas = canvasOf('Connections')
    const zero = pixelsOf(canvas, WATER, xOfMinute(5), xOfMinute(25))
    expect(Math.min(...zero.map(({ y }) => y))).toBeGreaterThan(HEIGHT - 5)
    expect(pixelsOf(canvas, WATER, xOfMinute(31), xOfMinute(59))).toEqual([])
  })

  test('a series that fell silent says since when', async () => {
    const { frame } = await renderCharts({ series: everyTenSeconds(() => 500, 45) })
    const texts = await textsSince(() => frame.show({ from: at(1), to: at(60) }))
    expect(texts).toContain('nothing since 12:15')
  })

  test('a series that begins within the window says since when', async () => {
    const { frame } = await renderCharts()
    expect(await textsSince(() => frame.show({ from: at(-30), to: at(60) }))).toContain(
      'no samples before 11:30',
    )
    const texts = await textsSince(() => frame.show({ from: at(1), to: at(60) }))
    expect(texts.filter((text) => text.startsWith('no samples'))).toEqual([])
  })

  test('the limit is a stepped line, labelled at each step with its value and reason', async () => {
    const { canvasOf, frame } = await renderCharts()
    const canvas = canvasOf('Connections')
    const heightIn = (from: number, to: number) =>
      Math.min(...pixelsOf(canvas, LIMIT_COLOUR, xOfMinute(from), xOfMinute(to)).map(({ y }) => y))
    expect(heightIn(5, 35)).toBeGreaterThan(heightIn(42, 58) + 30)
    const texts = await textsSince(() => frame.show({ from: at(1), to: at(60) }))
    expect(texts).toContain('Limit 1 000')
    expect(texts).toContain('Limit 1 500')
    expect(texts).toContain(' from 12:10, change request')
  })

  test('an unknown limit is words and no line', async () => {
    const { canvasOf, frame } = await renderCharts({ limit: { ...LIMIT, steps: [] } })
    expect(pixelsOf(canvasOf('Connections'), LIMIT_COLOUR, AXIS, AXIS + PLOT_WIDTH)).toEqual([])
    const texts = await textsSince(() => frame.show({ from: at(1), to: at(60) }))
    expect(texts).toContain('Limit unknown: no key published for this metric')
    expect(texts.filter((text) => text.startsWith('Limit '))).toHaveLength(1)
  })

  test('time at the limit is shaded in its row and in the rows below, and measured in words', async () => {
    const { canvasOf, frame } = await renderCharts({
      series: everyTenSeconds((minutes) => (minutes >= 10 && minutes <= 20 ? 1_000 : 300)),
    })
    const tintAt = (canvas: HTMLCanvasElement, minutes: number) => {
      const ratio = window.devicePixelRatio
      const context = canvas.getContext('2d')!
      return context.getImageData(xOfMinute(minutes) * ratio, 30 * ratio, 1, 1).data[3]!
    }
    const connections = canvasOf('Connections')
    const errors = canvasOf('No errors')
    expect(tintAt(connections, 15)).toBeGreaterThan(tintAt(errors, 15))
    expect(tintAt(errors, 15)).toBeGreaterThan(0)
    expect(tintAt(errors, 25)).toBe(0)
    const texts = await textsSince(() => frame.show({ from: at(1), to: at(60) }))
    expect(texts).toContain('at limit 10 min')
  })

  test('how long a stay lasted is left out where it would lie over the curve or speak of the next', async () => {
    const { frame } = await renderCharts({
      // Three stays of 2 min, half a minute apart.
      series: everyTenSeconds((minutes) =>
        minutes >= 30 && minutes <= 37 && (minutes - 30) % 2.5 <= 2 ? 1_000 : 300,
      ),
      limit: { ...LIMIT, steps: [{ from: at(-60), value: 1_000, source: 'namespace default' }] },
    })
    const lengths = (texts: readonly string[]) => texts.filter((text) => text.endsWith('2 min'))
    const near = await textsSince(() => frame.show({ from: at(28), to: at(38) }))
    expect(lengths(near)).toEqual(['at limit 2 min', '2 min', '2 min'])
    const far = await textsSince(() => frame.show({ from: at(-90), to: at(60) }))
    expect(lengths(far)).toEqual(['at limit 2 min', '2 min'])
  })

  test('each of two lines is named, one without samples in the window is not', async () => {
    const { frame } = await renderCharts({
      series: everyTenSeconds(() => 900),
      beside: everyTenSeconds(() => 60, 30),
      limit: null,
    })
    const both = await textsSince(() => frame.show({ from: at(1), to: at(60) }))
    expect(both).toEqual(expect.arrayContaining(['Connections', 'Waiting']))
    const one = await textsSince(() => frame.show({ from: at(40), to: at(60) }))
    expect(one).not.toContain('Waiting')
    expect(one).not.toContain('Connections')
  })

  test('the count of the highest error column stands at the axis', async () => {
    const { canvasOf, frame } = await renderCharts({
      errors: Array.from({ length: 33 }, () => at(30)),
    })
    const crit = pixelsOf(canvasOf('No errors'), [0xea, 0x55, 0x1f], xOfMinute(29), xOfMinute(31))
    expect(crit.length).toBeGreaterThan(50)
    expect(await textsSince(() => frame.show({ from: at(1), to: at(60) }))).toContain('33')
  })

  test('the axis has round clock times of the zone, and its date', async () => {
    const { frame } = await renderCharts()
    const texts = await textsSince(() => frame.show({ from: at(1), to: at(60) }))
    expect(texts).toContain('11:45')
    expect(texts).toContain('12:30')
    await expect.element(page.getByText('Thu 17 Sep 2026, CEST')).toBeVisible()
  })

  test('the plot of the shell begins and ends where the canvas draws', async () => {
    const { screen } = await renderCharts()
    const line = screen.container.querySelector('.recharts-cartesian-grid-horizontal line')!
    expect([line.getAttribute('x1'), line.getAttribute('x2')]).toEqual([
      String(AXIS),
      String(AXIS + PLOT_WIDTH),
    ])
  })

  test('another theme repaints what is drawn', async () => {
    const { canvasOf } = await renderCharts()
    expect(pixelsOf(canvasOf('Connections'), WATER, 100, 200).length).toBeGreaterThan(0)
    document.documentElement.dataset['theme'] = 'light'
    await frames()
    expect(pixelsOf(canvasOf('Connections'), WATER, 100, 200)).toEqual([])
    expect(pixelsOf(canvasOf('Connections'), [0x00, 0x69, 0xa8], 100, 200).length).toBeGreaterThan(
      0,
    )
  })
})

test('a notice stands in the plot and can be acted on', async () => {
  const retry = vi.fn()
  const frame = createTimeFrame(HOUR)
  await render(
    <div style={{ width: 600 }}>
      <ChartStack
        frame={frame}
        crosshair={createCrosshair()}
        zone="UTC"
        now={() => at(60)}
        inset={{ left: AXIS, right: 0, bottom: 0 }}
        step={() => null}
        onEvent={vi.fn()}
        onReset={vi.fn()}
      >
        <div style={{ height: HEIGHT }}>
          <SeriesPanel
            series={[]}
            limit={null}
            summary="Call sessions cannot be read"
            notice={<button onClick={retry}>Try now</button>}
          />
        </div>
      </ChartStack>
    </div>,
  )
  await page.getByRole('button', { name: 'Try now' }).click()
  expect(retry).toHaveBeenCalledOnce()
})
