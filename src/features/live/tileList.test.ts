import { expect, test } from 'vitest'
import { epochMs } from '#domain/units.ts'
import { someMetric } from '#testing/someMetric.ts'
import { stillMonitor } from '#testing/stillMonitor.ts'
import { wellFacts } from '#testing/wellFacts.ts'
import { tileList } from './tileList.ts'

const open = someMetric('WebSocket connections')
const attempts = someMetric('Connection attempts', { kind: 'count' })
const window = { from: epochMs(0), to: epochMs(180_000) }

/** Three minutes, a sample every two seconds: how many were open, how many came. */
function tiles(levelAt: (second: number) => readonly [open: number, attempts: number]) {
  const monitor = stillMonitor(window.to)
  const { series } = monitor
  for (let second = 0; second <= 180; second += 2) {
    const [level, came] = levelAt(second)
    series.append(open.id, epochMs(second * 1_000), level)
    series.append(attempts.id, epochMs(second * 1_000), came)
  }
  const limit = (value: number) => [{ from: epochMs(0), value, source: 'test' }]
  const facts = wellFacts({
    metrics: [open, attempts],
    limits: new Map([
      [open.id, limit(1_000)],
      [attempts.id, limit(600)],
    ]),
  })
  return tileList(facts, monitor, window, epochMs(180_000), 'UTC').map(({ reading }) => reading)
}

test('a burst of new connections meets the limit of its rate alone', () => {
  const [rate, level] = tiles((second) => (second > 120 ? [40, 20] : [40, 1]))
  expect(rate).toMatchObject({
    title: 'Connection attempts/min',
    state: 'atLimit',
    value: '600',
    limit: '600',
  })
  expect(level).toMatchObject({ title: 'WebSocket connections', state: 'ok', value: '40' })
})

test('a slow fill meets the limit of what is open alone', () => {
  const [level, rate] = tiles((second) => [Math.min(1_000, second * 6), 12])
  expect(level).toMatchObject({ title: 'WebSocket connections', state: 'atLimit' })
  expect(rate).toMatchObject({ title: 'Connection attempts/min', state: 'ok', value: '360' })
})

test('the peak of a rate is the busiest minute of the window', () => {
  const [, rate] = tiles((second) => (second < 60 ? [900, 15] : [900, 2]))
  expect(rate).toMatchObject({ value: '60', details: expect.arrayContaining(['peak 450']) })
})
