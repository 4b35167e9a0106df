import { expect, test } from 'vitest'
import { limitAt } from '../metrics/limitSteps.ts'
import { epochMs, MINUTE_MS } from '../units.ts'
import { keyHistory, keySteps } from './keySteps.ts'
import type { LimitRequest } from './registryFact.ts'
import { mergedSightings, seenOnce, type Sightings } from './sightings.ts'

const min = (minutes: number) => epochMs(1_795_000_000_000 + minutes * MINUTE_MS)
const seen = (...looks: readonly [number | null, number][]) =>
  looks.reduce<Sightings>(
    (known, [value, minutes]) => mergedSightings(known, seenOnce(value, min(minutes))),
    [],
  )
const done = (from: number, to: number, at: number, known: Partial<LimitRequest> = {}) => ({
  id: `${from}-${to}`,
  namespace: 'n',
  key: 'k',
  requestedValue: to,
  currentValue: from,
  status: 'ChangeImplemented',
  createdAt: min(at - 60),
  completedAt: min(at),
  rejectReason: null,
  ...known,
})
const KEY = { namespace: 'n', key: 'k' }

test('a change without a request lies between two looks, and counts from the later one', () => {
  const { changes } = keyHistory(seen([1000, 0], [1000, 15], [1500, 30]), [])
  expect(changes).toEqual([
    {
      from: 1000,
      to: 1500,
      earliest: min(15),
      latest: min(30),
      firstSeenAt: min(30),
      request: null,
    },
  ])
  const steps = keySteps(KEY, { effective: seen([1000, 0], [1000, 15], [1500, 30]) }, [])
  expect(limitAt(steps, min(29))).toBe(1000)
  expect(limitAt(steps, min(30))).toBe(1500)
})

test('a request that was carried out in between says when', () => {
  const effective = seen([1000, 0], [1000, 15], [1500, 30])
  const { changes } = keyHistory(effective, [done(1000, 1500, 20)])
  expect(changes[0]).toMatchObject({ earliest: min(20), latest: min(20), firstSeenAt: min(30) })
  const steps = keySteps(KEY, { effective }, [done(1000, 1500, 20)])
  expect(limitAt(steps, min(20))).toBe(1500)
  expect(steps.at(-1)?.source).toBe('n k, change request')
})

test('a value that is still seen after its request was done has not changed yet', () => {
  const { changes } = keyHistory(seen([1000, 0], [1000, 25], [1500, 30]), [done(1000, 1500, 20)])
  expect(changes[0]).toMatchObject({ earliest: min(25), latest: min(25) })
})

test.each([
  ['of another value', done(1000, 1200, 20)],
  ['of long before', done(900, 1500, -20)],
  ['that was not carried out', done(1000, 1500, 20, { status: 'Approved' })],
])('a request %s explains nothing', (_, request) => {
  const { changes } = keyHistory(seen([1000, 0], [1500, 30]), [request])
  expect(changes.at(-1)?.request).toBeNull()
})

test('requests tell of the time before the first look, as far as they lead without a break', () => {
  const requests = [done(250, 500, -900), done(500, 1000, -300), done(1000, 1500, -30)]
  const { first, changes } = keyHistory(seen([1500, 0]), requests)
  expect(first).toEqual({ from: min(-960), value: 250 })
  expect(changes.map(({ from, to, firstSeenAt }) => [from, to, firstSeenAt])).toEqual([
    [250, 500, null],
    [500, 1000, null],
    [1000, 1500, null],
  ])
  const broken = [done(250, 400, -900), done(1000, 1500, -30)]
  expect(keyHistory(seen([1500, 0]), broken).first).toEqual({ from: min(-90), value: 1000 })
})

test.each([0, -1, 2 ** 53])('%s is told, and is no limit to compare with', (value) => {
  const [step] = keySteps(KEY, { effective: seen([value, 0]) }, [])
  expect(step).toMatchObject({ value: null, source: expect.stringContaining(`${value} is told`) })
})

test('a key that is gone leaves the limit unknown', () => {
  const steps = keySteps(KEY, { effective: seen([50, 0], [null, 15]) }, [])
  expect(limitAt(steps, min(14))).toBe(50)
  expect(limitAt(steps, min(15))).toBeNull()
  expect(steps.at(-1)?.source).toContain('not told any more')
})

test('of a key that nobody has seen nothing is known', () => {
  expect(keySteps(KEY, { effective: [] }, [done(1, 2, 0)])).toEqual([])
})
