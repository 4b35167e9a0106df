import { expect, test } from 'vitest'
import type { Marker } from '#domain/timeline/marker.ts'
import { epochMs } from '#domain/units.ts'
import { runsNow } from './runWords.ts'

const marker = (
  atMs: number,
  kind: Marker['kind'],
  label = '',
  origin: Marker['origin'] = 'here',
): Marker => ({ id: `${origin}:${kind}${atMs}`, at: epochMs(atMs), kind, label, origin })

test('M marks a run first, iterations while it is on, and the next run after its end', () => {
  const now = epochMs(600_000)
  expect(runsNow([], now)).toMatchObject({
    words: null,
    isOn: false,
    next: { kind: 'run', label: 'Run 1' },
  })
  const running = [marker(0, 'run', 'Run 1'), marker(0, 'iteration'), marker(300_000, 'iteration')]
  const on = runsNow(running, now)
  expect(on.words).toBe('Run 1, iteration 2, 5\u202fmin')
  expect(on.next).toEqual({ kind: 'iteration', label: 'Iteration 3' })
  expect(on.iterationAt(epochMs(1_000))).toBe('1')
  expect(on.spans).toHaveLength(2)
  const over = runsNow([...running, marker(480_000, 'end')], now)
  expect(over.words).toBe('Run 1, iteration 2 ended 2\u202fmin ago')
  expect(over.next).toEqual({ kind: 'run', label: 'Run 2' })
  expect(over.iterationAt(epochMs(500_000))).toBeNull()
  expect(over.titleIn(epochMs(0), now)).toBe('Run 1, iterations')
  expect(over.titleIn(epochMs(500_000), now)).toBe('No runs in this window')
  const twice = runsNow([...running, marker(480_000, 'end'), marker(500_000, 'run', 'Run 2')], now)
  expect(twice.titleIn(epochMs(0), now)).toBe('Runs 1 to 2, iterations')
})

test('who marks runs counts them: the first ones may be older than what was seen', () => {
  const now = epochMs(600_000)
  const runs = runsNow(
    [
      marker(0, 'run', 'Run 7', 'feed'),
      marker(0, 'iteration', 'Iteration 4', 'feed'),
      marker(540_000, 'iteration', 'Iteration 5', 'feed'),
    ],
    now,
  )
  expect(runs.words).toBe('Run 7, iteration 5, 1\u202fmin')
  expect(runs.titleIn(epochMs(0), now)).toBe('Run 7, iterations')
  expect(runs.spans.map(({ label }) => label)).toEqual(['4', '5'])
  expect(runs.iterationAt(epochMs(1_000))).toBe('4')
  expect(runs.next.label).toBe('Iteration 6')
  const unseen = runsNow([marker(540_000, 'iteration', 'Iteration 5', 'feed')], now)
  expect(unseen.words).toBe('Iteration 5, 1\u202fmin')
  expect(unseen.titleIn(epochMs(0), now)).toBe('Iterations')
  const older = [
    marker(0, 'iteration', 'Iteration 8', 'feed'),
    marker(60_000, 'run', 'Run 8', 'feed'),
  ]
  expect(runsNow(older, now).titleIn(epochMs(0), now)).toBe('Up to Run 8, iterations')
  const over = [marker(0, 'run', 'Run 7', 'feed'), marker(10, 'end', '', 'feed')]
  expect(runsNow(over, now).next.label).toBe('Run 8')
})

test('runs that are named and not numbered are counted', () => {
  const now = epochMs(600_000)
  const marks = [marker(0, 'run', 'nightly'), marker(300_000, 'run', 'soak')]
  expect(runsNow(marks, now).titleIn(epochMs(400_000), now)).toBe('soak, iterations')
  expect(runsNow(marks, now).titleIn(epochMs(0), now)).toBe('2 runs, iterations')
})

test('a file is named, and is neither the run in progress nor counted with it', () => {
  const now = epochMs(600_000)
  const file = [marker(0, 'run', 'ramp.jtl', 'jtl'), marker(200_000, 'end', '', 'jtl')]
  const alone = runsNow(file, now)
  expect(alone).toMatchObject({ words: null, isOn: false, next: { label: 'Run 1' } })
  expect(alone.titleIn(epochMs(0), now)).toBe('ramp.jtl')
  expect(alone.spans).toEqual([{ from: 0, to: 200_000, label: 'ramp.jtl', isBeside: true }])
  const beside = runsNow([...file, marker(100_000, 'run', 'Run 1')], now)
  expect(beside.words).toBe('Run 1, iteration 1, 8\u202fmin 20\u202fs')
  expect(beside.titleIn(epochMs(0), now)).toBe('Run 1, iterations')
})
