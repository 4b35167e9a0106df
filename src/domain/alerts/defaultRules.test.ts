import { expect, test } from 'vitest'
import { scenarioNamed } from '#mocks/scenarios.ts'
import { playedRecord } from '#testing/playedAlerts.ts'
import { errorEvent } from '../errors/errorEvent.ts'
import { later, MINUTE_MS } from '../units.ts'
import { type AlertRecord, type Backtest, backtest } from './backtest.ts'
import { DEFAULT_RULES } from './defaultRules.ts'

const HOUR_SEC = 3_600

/** What the rules that come with Tidemark make of a scenario: an hour of backlog and an hour after. */
async function played(name: string, toSec = HOUR_SEC, options = {}) {
  const record = await playedRecord(scenarioNamed(name)!, -HOUR_SEC, toSec, options)
  return { record, outcome: backtest(record, DEFAULT_RULES) }
}

const fired = ({ rules }: Backtest) =>
  rules.flatMap(({ rule, firings }) =>
    firings.map(({ metric, cause }) => [rule, metric ?? cause].filter(Boolean).join(' ')),
  )

/** Who was told of what. */
const told = ({ messages }: Backtest) =>
  messages.flatMap(({ audience, lines }) =>
    lines.flatMap(({ kind, alert }) => (kind === 'fired' ? [`${audience}: ${alert.rule}`] : [])),
  )

test('a quiet week is silent', { timeout: 120_000 }, async () => {
  const { record, outcome } = await played('quiet', 7 * 24 * HOUR_SEC, {
    everySec: 10,
    isApiAsked: false,
  })
  expect(record.errors.length).toBeGreaterThan(1_000)
  expect(fired(outcome)).toEqual([])
  expect(outcome.messages).toEqual([])
})

test('a capacity that moves with the calls is silent', async () => {
  expect(fired((await played('auto-scaling')).outcome)).toEqual([])
})

/**
 * One alert per cause. Refusals beside full connections are of the same cause: they fire, and are told
 * with the connections. Calls and connections stay well below their limits in the last four.
 */
test.each([
  ['ramp-to-limit', ['atLimit connections.open', 'refusals'], ['tester: atLimit']],
  ['retry-storm', ['atLimit connections.open', 'refusals'], ['tester: atLimit']],
  [
    'leaking-app',
    ['atLimit connections.open', 'refusals', 'leak connections.open'],
    ['tester: leak', 'tester: atLimit'],
  ],
  // 503s while less than half is in use are refusals all the same; the verdict says what they are not.
  ['not-capacity', ['refusals'], ['tester: refusals']],
  // The app's tokens run out all the time, Tidemark's own once: two tokens, two alerts.
  ['auth-expiry', ['blind token', 'signIn'], ['operators: signIn', 'operators: blind']],
  // 75 s of 429 and 8 s without a gateway are shorter than what blindness waits for.
  ['rate-limited', ['rateLimited'], ['operators: rateLimited']],
  ['flapping-network', ['broken'], ['operators: broken']],
])('%s fires once per cause', async (name, alerts, messages) => {
  const { outcome } = await played(name)
  expect(fired(outcome)).toEqual(alerts)
  expect(told(outcome)).toEqual(messages)
})

test('each of two limits that is met fires once, and a raised limit ends it for good', async () => {
  const { outcome, record } = await played('limit-raised')
  const walls = outcome.rules.find(({ rule }) => rule === 'atLimit')!.firings
  expect(walls.map(({ peak }) => peak)).toMatchObject([{ limit: 720 }, { limit: 1_000 }])
  // 1 500 from four minutes after the start on; the alert is kept for a quarter of an hour.
  const raisedAt = later(record.from, (60 + 4) * MINUTE_MS)
  expect(walls[1]!.clearedAt).toBeGreaterThanOrEqual(raisedAt)
  expect(walls[1]!.clearedAt).toBeLessThanOrEqual(later(raisedAt, MINUTE_MS))
  expect(told(outcome)).toEqual(['tester: atLimit', 'tester: leak', 'tester: atLimit'])
})

test('a leak is told from its fifth floor on', async () => {
  const { outcome } = await played('leaking-app')
  const [leak] = outcome.rules.find(({ rule }) => rule === 'leak')!.firings
  expect(leak!.newest).toMatchObject({ kind: 'leak' })
  expect(leak!.peak).toMatchObject({ perIteration: expect.closeTo(48, -0.5) })
  const atFire = outcome.messages
    .flatMap(({ lines }) => lines)
    .find(({ alert }) => alert.rule === 'leak')
  expect(atFire!.alert.newest).toMatchObject({ floors: 5 })
})

test('an organisation that is out of reach is one alert, whatever else would have fired', async () => {
  const { record } = await played('ramp-to-limit')
  const cutAt = later(record.from, 30 * MINUTE_MS)
  const cut: AlertRecord = {
    ...record,
    samples: record.samples.map(({ metric, series: { timeMs, value } }) => ({
      metric,
      series: {
        timeMs: timeMs.filter((at) => at < cutAt),
        value: value.filter((_, i) => timeMs[i]! < cutAt),
      },
    })),
    errors: [
      ...record.errors.filter(({ at }) => at < cutAt),
      errorEvent({ at: later(cutAt, 10_000), class: 'network', source: 'monitor' }),
    ],
    lapses: null,
  }
  const outcome = backtest(cut, DEFAULT_RULES)
  expect(fired(outcome)).toEqual(['blind network'])
  expect(told(outcome)).toEqual(['operators: blind'])
  const [blind] = outcome.rules.find(({ rule }) => rule === 'blind')!.firings
  expect(blind).toMatchObject({ severity: 'critical', endedAt: null })
})
