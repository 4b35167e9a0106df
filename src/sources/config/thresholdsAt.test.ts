import fc from 'fast-check'
import { expect, test } from 'vitest'
import { epochMs, orgId } from '#domain/units.ts'
import {
  MOST_THRESHOLD_CHANGES,
  organisationConfig,
  parseConfig,
  thresholdsOf,
} from './tidemarkConfig.ts'
import { thresholdsAt, withThresholdsFrom } from './thresholdsAt.ts'

const CALLS = 'calls.concurrent'
const acme = organisationConfig({ id: orgId('acme'), name: 'Acme', domain: 'mypurecloud.de' })
const USUAL = { warnAt: 0.8, criticalAt: 0.9 }
const EARLY = { warnAt: 0.6, criticalAt: 0.75 }
const LATE = { warnAt: 0.85, criticalAt: 0.95 }

const at = (time: number, thresholds: typeof acme.thresholds) => (config: typeof acme) =>
  withThresholdsFrom(config, thresholds, epochMs(time))
const then = (config: typeof acme, time: number, metric = CALLS) =>
  thresholdsAt(config, metric, epochMs(time))

test('each time has the thresholds of its own, and before the first change what that replaced', () => {
  const config = at(200, { [CALLS]: LATE })(at(100, { [CALLS]: EARLY })(acme))
  expect([99, 100, 199, 200].map((time) => then(config, time))).toEqual([USUAL, EARLY, EARLY, LATE])
})

test('thresholds that were set before anything was recorded held since ever', () => {
  const old = { ...acme, thresholds: { [CALLS]: EARLY } }
  expect(then(old, 0)).toEqual(EARLY)
  expect(then(at(100, { [CALLS]: LATE })(old), 99)).toEqual(EARLY)
})

test('a metric that is left alone has no record, whatever it is called', () => {
  const config = at(200, { [CALLS]: EARLY, other: USUAL })(at(100, { [CALLS]: EARLY })(acme))
  expect(config.thresholdChanges.map(({ metric, from }) => [metric, from])).toEqual([[CALLS, 100]])
  expect(then(config, 150, 'constructor')).toEqual(USUAL)
})

test('thresholds that are taken back are a change to the usual ones', () => {
  const config = at(200, {})(at(100, { [CALLS]: EARLY })(acme))
  expect([150, 200].map((time) => then(config, time))).toEqual([EARLY, USUAL])
})

const anyShares = fc
  .tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 100 }))
  .map(([a, b]) => ({ warnAt: Math.min(a, b) / 100, criticalAt: Math.max(a, b) / 100 }))
const anyChanges = fc.array(
  fc.record({
    time: fc.integer({ min: 0, max: 1_000 }),
    metric: fc.constantFrom(CALLS, 'connections.open'),
    shares: anyShares,
  }),
  { maxLength: 12 },
)

test('whatever is changed and whenever, also by a clock set back, can be saved, and now is what is set', () => {
  fc.assert(
    fc.property(anyChanges, (changes) => {
      const config = changes.reduce(
        (before, { time, metric, shares }) =>
          at(time, { ...before.thresholds, [metric]: shares })(before),
        acme,
      )
      expect(parseConfig({ version: 5, organisations: [config] }).ok).toBe(true)
      for (const { metric } of changes)
        expect(then(config, 1_000, metric)).toEqual(thresholdsOf(config, metric))
    }),
  )
})

test('of very many changes the oldest go, and what the oldest that is left replaced is still known', () => {
  const shares = (i: number) => ({ warnAt: (1 + (i % 50)) / 100, criticalAt: 1 })
  const config = Array.from({ length: MOST_THRESHOLD_CHANGES + 7 }).reduce<typeof acme>(
    (before, _, i) => at(1_000 + i, { [CALLS]: shares(i) })(before),
    acme,
  )
  expect(config.thresholdChanges).toHaveLength(MOST_THRESHOLD_CHANGES)
  expect(then(config, 1_006)).toEqual(shares(6))
})
