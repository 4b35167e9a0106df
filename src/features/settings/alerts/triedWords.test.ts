import { expect, test } from 'vitest'
import { DEFAULT_RULES } from '#domain/alerts/defaultRules.ts'
import { DAY_MS, durationMs, epochMs, HOUR_MS, later, MINUTE_MS } from '#domain/units.ts'
import type { BacktestOutcome } from '#monitor/backtest/backtestDesk.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { someMetric } from '#testing/someMetric.ts'
import { caveats, messagesSentence, ruleSentence } from './triedWords.ts'

const TO = epochMs(Date.UTC(2026, 8, 17, 12))
const [OPEN, CALLS, USERS] = ['Connections', 'Calls', 'Users'].map((title) =>
  someMetric(title.toLowerCase(), { title }),
) as [BacktestOutcome['metrics'][number], ...BacktestOutcome['metrics'][number][]]
const ruleOf = (id: string) => DEFAULT_RULES.find((rule) => rule.id === id)!
const LEVEL = ruleOf('atLimit')

/** A week, wholly recorded, in which nothing fired. */
function outcomeOf(
  known: Partial<Omit<BacktestOutcome, 'found'>> & {
    found?: Partial<BacktestOutcome['found']>
  } = {},
): BacktestOutcome {
  return {
    question: { rules: [LEVEL], lengthMs: durationMs(7 * DAY_MS) },
    from: later(TO, -7 * DAY_MS),
    to: TO,
    tier: 'samples',
    isPartial: false,
    metrics: [OPEN, CALLS!, USERS!],
    ...known,
    found: { rules: [], messages: [], unjudged: [], awayMs: 0, ...known.found },
  }
}
const lost = (
  { id }: BacktestOutcome['metrics'][number],
  { gapMs = 0, noLimitMs = 0 }: { gapMs?: number; noLimitMs?: number },
) => ({ metric: id, gapMs, noLimitMs })
const said = (known: Parameters<typeof outcomeOf>[0]) =>
  caveats(outcomeOf(known), 'UTC').map(plainSpaces)

test('what would not have fired is said as plainly as what would', () => {
  const quiet = outcomeOf()
  expect(ruleSentence(quiet, LEVEL)).toBe('At the limit would not have fired in the last 7 days.')
  expect(messagesSentence(quiet)).toBe('Nobody would have been sent a message.')
  expect(caveats(quiet, 'UTC')).toEqual([])
})

test('a rule on levels says which had no limit, and for how long others were not judged', () => {
  const unjudged = [
    lost(OPEN, { gapMs: 4 * HOUR_MS + 10 * MINUTE_MS }),
    lost(CALLS!, { noLimitMs: HOUR_MS }),
    lost(USERS!, { noLimitMs: 7 * DAY_MS - HOUR_MS, gapMs: HOUR_MS }),
  ]
  expect(said({ found: { unjudged } })).toEqual([
    'Users has no known limit, so nothing fires for it.',
    'Could not be judged: Connections (4 h 10 min not measured); Calls (1 h without a known limit).',
  ])
})

test('several levels without a limit are counted', () => {
  const noLimitMs = 7 * DAY_MS
  const unjudged = [OPEN, CALLS!, USERS!].map((metric) => lost(metric, { noLimitMs }))
  expect(said({ found: { unjudged } })).toEqual([
    '3 of 3 levels have no known limit, so nothing fires for them.',
  ])
})

test('a rule that looks at no level, or at another one, says nothing of that', () => {
  const found = { unjudged: [lost(CALLS!, { gapMs: DAY_MS })] }
  const lengthMs = durationMs(7 * DAY_MS)
  expect(said({ found, question: { rules: [ruleOf('leak')], lengthMs } })).toEqual([])
  const open = { ...LEVEL, kind: 'level' as const, metric: OPEN.id, levels: levelsOf() }
  expect(said({ found, question: { rules: [open], lengthMs } })).toEqual([])
})

const levelsOf = () => ({ fireAt: 0.9, clearBelow: 0.8, clearSamples: 1 })

test('what the numbers rest on is said: a short record, time away, minutes, missing failures', () => {
  expect(
    said({
      from: later(TO, -2 * DAY_MS),
      tier: 'minutes',
      isPartial: true,
      question: { rules: [ruleOf('slowRefusals')], lengthMs: durationMs(30 * DAY_MS) },
      found: { awayMs: 8 * HOUR_MS },
    }),
  ).toEqual([
    'What is recorded begins 15 Sep 12:00, 2 d ago.',
    'For 8 h of it Tidemark was not running: nothing fires in that time.',
    expect.stringMatching(/^So long a time is judged by the highest value of each minute/),
    'On some days more failed than is read: the oldest failures are missing.',
    'Refusals over days looks back further than what is recorded, so it could say nothing.',
  ])
})
