import type { Alert } from '#domain/alerts/alert.ts'
import type { AlertRule } from '#domain/alerts/alertRule.ts'
import { alertWords, peakWords } from '#domain/alerts/alertWords.ts'
import { formatCount, formatDuration } from '#domain/format.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { dayAndClock } from '#domain/timeline/dayAndClock.ts'
import { DAY_MS, elapsed, type EpochMs, MINUTE_MS } from '#domain/units.ts'
import type { BacktestOutcome } from '#monitor/backtest/backtestDesk.ts'

export type ShownWindow = { from: EpochMs; to: EpochMs }

/** Where a window is shown: by a click here, and as an address for another tab. */
export type WindowLinks = {
  hrefOf: (window: ShownWindow) => string
  show: (window: ShownWindow) => void
}

/** `24 h`, `7 days`. */
export const lengthWords = (lengthMs: number) =>
  lengthMs === DAY_MS ? '24 h' : `${formatCount(Math.round(lengthMs / DAY_MS))} days`

const timesWords = (count: number) =>
  ['never', 'once', 'twice'][count] ?? `${formatCount(count)} times`

/** `At the limit would have fired 3 times in the last 30 days: 42 min in all, 20 min at most.` */
export function ruleSentence({ question, found }: BacktestOutcome, rule: AlertRule): string {
  const {
    firings = [],
    totalMs = 0,
    longestMs = 0,
  } = found.rules.find((one) => one.rule === rule.id) ?? {}
  const within = `in the last ${lengthWords(question.lengthMs)}`
  if (firings.length === 0) return `${rule.name} would not have fired ${within}.`
  const fired = `${rule.name} would have fired ${timesWords(firings.length)} ${within}`
  if (firings.length === 1) return `${fired}, for ${formatDuration(totalMs)}.`
  return `${fired}: ${formatDuration(totalMs)} in all, ${formatDuration(longestMs)} at most.`
}

/** `People would have been sent 4 messages.` */
export function messagesSentence({ found }: BacktestOutcome): string {
  const { length } = found.messages
  if (length === 0) return 'Nobody would have been sent a message.'
  return `People would have been sent ${formatCount(length)} ${length === 1 ? 'message' : 'messages'}, of what began and of what ended.`
}

/** What a reader must know before believing the numbers. */
export function caveats(outcome: BacktestOutcome, zone: string): readonly string[] {
  const { question, from, to, tier, isPartial, found } = outcome
  const isShort = elapsed(from, to) < question.lengthMs - MINUTE_MS
  return [
    isShort
      ? `What is recorded begins ${dayAndClock(from, zone)}, ${formatDuration(elapsed(from, to))} ago.`
      : '',
    found.awayMs > 0
      ? `For ${formatDuration(found.awayMs)} of it Tidemark was not running: nothing fires in that time.`
      : '',
    tier === 'minutes'
      ? 'So long a time is judged by the highest value of each minute: a sample counts a minute, and silence is seen after ten.'
      : '',
    isPartial ? 'On some days more failed than is read: the oldest failures are missing.' : '',
    ...tooLong(question.rules, elapsed(from, to)),
    ...unjudgedSentences(outcome),
  ].filter(Boolean)
}

/** Rules whose windows reach back further than the record. */
const tooLong = (rules: readonly AlertRule[], recordedMs: number) =>
  rules
    .filter(
      (rule) => rule.kind === 'failures' && rule.tiers.every(({ longMs }) => longMs > recordedMs),
    )
    .map(({ name }) => `${name} looks back further than what is recorded, so it could say nothing.`)

/** More metrics than these are counted. */
const MOST_NAMED = 3

type Lost = BacktestOutcome['found']['unjudged'][number] & { title: string; lostMs: number }

/** Which levels the rules could say nothing of: never for want of a limit, or for how long. */
function unjudgedSentences({ question, from, to, found, metrics }: BacktestOutcome) {
  const levels: readonly Lost[] = metrics
    .filter((metric) => question.rules.some((rule) => isLevelOf(rule, metric)))
    .flatMap((metric) => {
      const lost = found.unjudged.find((one) => one.metric === metric.id)
      return lost ? { ...lost, title: metric.title, lostMs: lost.gapMs + lost.noLimitMs } : []
    })
  const isNever = ({ noLimitMs, lostMs }: Lost) =>
    noLimitMs > 0 && lostMs > elapsed(from, to) - MINUTE_MS
  const never = levels.filter(isNever)
  const inPart = levels
    .filter((level) => level.lostMs >= MINUTE_MS && !isNever(level))
    .sort((a, b) => b.lostMs - a.lostMs)
  return [limitlessSentence(never, levels.length), inPartSentence(inPart)]
}

/** Whether a rule looks at a metric by its limit. */
const isLevelOf = (rule: AlertRule, { id, group }: Metric) =>
  rule.kind === 'level' && (rule.metric === null ? group !== 'queue' : rule.metric === id)

function limitlessSentence([first, ...more]: readonly Lost[], levels: number): string {
  if (!first) return ''
  return more.length === 0
    ? `${first.title} has no known limit, so nothing fires for it.`
    : `${formatCount(more.length + 1)} of ${formatCount(levels)} levels have no known limit, so nothing fires for them.`
}

function inPartSentence(levels: readonly Lost[]): string {
  if (levels.length === 0) return ''
  const named = levels.slice(0, MOST_NAMED).map(({ title, gapMs, noLimitMs }) => {
    const why = [
      gapMs >= MINUTE_MS ? `${formatDuration(gapMs)} not measured` : '',
      noLimitMs >= MINUTE_MS ? `${formatDuration(noLimitMs)} without a known limit` : '',
    ].filter(Boolean)
    return `${title} (${why.join(', ') || `${formatDuration(gapMs + noLimitMs)} in all`})`
  })
  const rest = levels.length - named.length
  return `Could not be judged: ${named.join('; ')}${rest > 0 ? `; ${formatCount(rest)} more in part` : ''}.`
}

/** A firing as a row: what, how bad at its peak, and the window that shows it. */
export function firingWords(
  alert: Alert,
  context: { organisation: string; metrics: readonly Metric[]; zone: string; now: EpochMs },
) {
  // One that still fires at the end shows the window until then; how bad it was at its worst, too.
  const kind = alert.endedAt === null ? 'fired' : 'ended'
  const line = { kind, alert: { ...alert, newest: alert.peak } } as const
  const words = alertWords(line, { ...context, refused: () => null })
  const subject = words.title.slice(context.organisation.length + 2).replace(/, over$/, '')
  return {
    title: `${subject.charAt(0).toUpperCase()}${subject.slice(1)}`,
    peak: peakWords(alert),
    window: words.window,
  }
}
