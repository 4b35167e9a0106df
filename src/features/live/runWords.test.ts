import { expect, test } from 'vitest'
import type { Marker } from '#domain/timeline/marker.ts'
import { epochMs } from '#domain/units.ts'
import { runsNow } from './runWords.ts'

const marker = (atMs: number, kind: Marker['kind']): Marker => ({
  id: `${kind}${atMs}`,
  at: epochMs(atMs),
  kind,
  label: kind,
  origin: 'here',
})

test('M marks a run first, iterations while it is on, and the next run after its end', () => {
  const now = epochMs(600_000)
  expect(runsNow([], now)).toMatchObject({
    words: null,
    isOn: false,
    next: { kind: 'run', label: 'Run 1' },
  })
  const running = [marker(0, 'run'), marker(0, 'iteration'), marker(300_000, 'iteration')]
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
  const twice = runsNow([...running, marker(480_000, 'end'), marker(500_000, 'run')], now)
  expect(twice.titleIn(epochMs(0), now)).toBe('Runs 1 to 2, iterations')
})
