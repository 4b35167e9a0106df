import fc from 'fast-check'
import { expect, test } from 'vitest'
import { someMetric } from '#testing/someMetric.ts'
import { limitAt, type LimitSteps } from '../metrics/limitSteps.ts'
import { epochMs, metricId } from '../units.ts'
import type { ManualLimit } from './limitSettings.ts'
import { limitsInForce } from './limitsInForce.ts'
import { EMPTY_BOOK, withRegistryFacts } from './registryBook.ts'
import { seenOnce } from './sightings.ts'

const open = someMetric('open')
const KEY = { namespace: 'notifications', key: 'connections.max' }
const told = (...steps: readonly [number, number | null][]): LimitSteps =>
  steps.map(([from, value]) => ({ from: epochMs(from), value, source: 'feed' }))

const { book } = withRegistryFacts(EMPTY_BOOK, [
  {
    kind: 'namespace',
    namespace: KEY.namespace,
    title: null,
    answer: { at: epochMs(50), failure: null },
    keys: [{ key: KEY.key, effective: seenOnce(1500, epochMs(50)), defaults: [], doc: null }],
  },
])
const typed = (known: Partial<ManualLimit> = {}): ManualLimit => ({
  metric: open.id,
  value: 700,
  from: epochMs(20),
  until: null,
  author: 'Ada',
  setAt: epochMs(90),
  note: '',
  ...known,
})

const stepsOf = (
  steps: LimitSteps,
  settings: Partial<Parameters<typeof limitsInForce>[0]['settings']> = {},
  metric = open,
) =>
  limitsInForce({
    told: new Map([[open.id, steps]]),
    metrics: [metric],
    book,
    settings: { limitKeys: {}, manualLimits: [], ...settings },
  }).get(open.id) ?? []
const at = (steps: LimitSteps, ...times: number[]) =>
  times.map((time) => limitAt(steps, epochMs(time)))

test('what a source tells of its own metric stands', () => {
  const steps = told([10, 1000], [60, 1200])
  expect(stepsOf(steps)).toBe(steps)
  expect(stepsOf(steps, {}, { ...open, limitKey: KEY })).toBe(steps)
})

test('a key that the metric names stands in where no source tells a value', () => {
  const steps = stepsOf(told([10, null]), {}, { ...open, limitKey: KEY })
  expect(at(steps, 49, 50, 99)).toEqual([null, 1500, 1500])
})

test('an assigned key comes before what the source tells, from when it is known', () => {
  const steps = stepsOf(told([10, 1000], [60, 1200]), { limitKeys: { [open.id]: KEY } })
  expect(at(steps, 9, 10, 49, 50, 60, 99)).toEqual([null, 1000, 1000, 1500, 1500, 1500])
})

test('an assigned key that was never seen takes nothing away', () => {
  const steps = told([10, 1000])
  const other = { namespace: 'never', key: 'seen' }
  expect(stepsOf(steps, { limitKeys: { [open.id]: other } })).toBe(steps)
})

test('a typed limit comes before all else while it holds, and names who typed it', () => {
  const steps = stepsOf(told([10, 1000], [30, 1100], [60, 1200]), {
    manualLimits: [typed({ until: epochMs(50) })],
  })
  expect(at(steps, 19, 20, 30, 49, 50, 60)).toEqual([1000, 700, 700, 700, 1100, 1200])
  expect(steps.find(({ value }) => value === 700)?.source).toBe('by hand, Ada, Thu 1 Jan 1970')
})

test('a typed limit that ends where nothing is known leaves the limit unknown', () => {
  const steps = stepsOf([], { manualLimits: [typed({ until: epochMs(50) })] })
  expect(at(steps, 19, 20, 49, 50)).toEqual([null, 700, 700, null])
})

test('a typed limit serves a metric that no source knows a limit of, or that is not there yet', () => {
  const limits = limitsInForce({
    told: new Map(),
    metrics: [],
    book: EMPTY_BOOK,
    settings: { limitKeys: {}, manualLimits: [typed({ metric: metricId('later') })] },
  })
  expect(at(limits.get(metricId('later')) ?? [], 20)).toEqual([700])
})

test('at every instant the newest typed limit that holds decides, else what was told', () => {
  const anyTyped = fc
    .record({
      from: fc.integer({ min: 0, max: 30 }),
      lengthMs: fc.option(fc.integer({ min: 1, max: 15 })),
      value: fc.integer({ min: 1, max: 5 }),
    })
    .map(({ from, lengthMs, value }) =>
      typed({
        from: epochMs(from),
        until: lengthMs === null ? null : epochMs(from + lengthMs),
        value,
      }),
    )
  fc.assert(
    fc.property(fc.array(anyTyped, { maxLength: 4 }), (manualLimits) => {
      const base = told([5, 100], [15, 200])
      const steps = stepsOf(base, { manualLimits })
      for (let time = 0; time <= 50; time += 1) {
        const holds = manualLimits.findLast(
          ({ from, until }) => from <= time && (until === null || time < until),
        )
        expect(limitAt(steps, epochMs(time))).toBe(holds?.value ?? limitAt(base, epochMs(time)))
      }
    }),
  )
})
