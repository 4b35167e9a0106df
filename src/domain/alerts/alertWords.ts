import { levelText, shareText } from '../evidence/verdict/verdictText.ts'
import { formatClock, formatCount, formatDuration, formatPercent, formatZone } from '../format.ts'
import { AT_LIMIT_RATIO } from '../metrics/headroom.ts'
import type { Metric } from '../metrics/metric.ts'
import { elapsed, type EpochMs, later, MINUTE_MS } from '../units.ts'
import { type Alert, type BlindCause, isWhole, type Reading } from './alert.ts'
import type { AlertLine, AlertMessage } from './announcements.ts'

/** What is said of an alert beside what it holds itself. */
export type AlertContext = {
  /** The organisation's name. */
  organisation: string
  metrics: readonly Metric[]
  /** IANA zone of clock times. */
  zone: string
  now: EpochMs
  /** Refused by a capacity in [from, to]; null where nobody counts. */
  refused: (from: EpochMs, to: EpochMs) => number | null
}

/** An alert in words, and the window that shows it. */
export type AlertWords = {
  /** `Alder Retail: WebSocket connections at the limit` */
  title: string
  /** `1 000 of 1 000 (100 %) since 13:12:40 CEST, UTC+2; 42 refused.` */
  sentence: string
  /** What a link opens: a little before it began to a little after it ended, or until now. */
  window: { from: EpochMs; to: EpochMs }
}

/** So much of what came before an alert is shown with it. */
const SHOWN_BEFORE_MS = 5 * MINUTE_MS
const SHOWN_AFTER_MS = MINUTE_MS

/** What, where, how bad and since when: all that somebody needs who sees nothing but this. */
export function alertWords({ kind, alert }: AlertLine, context: AlertContext): AlertWords {
  const { organisation, zone, now } = context
  const isOver = kind === 'ended'
  const reading = isOver ? alert.peak : alert.newest
  const from = beganAt(alert)
  // What it was kept firing for was no longer bad.
  const to = isOver ? (alert.clearedAt ?? alert.endedAt ?? now) : now
  const how = `${isOver && reading.kind === 'level' ? 'Highest ' : ''}${badness(alert, reading)}`
  const when = `since ${formatClock(from, zone)} ${formatZone(from, zone)}`
  const lasted = isOver ? `, lasted ${formatDuration(elapsed(from, to))}` : ''
  const refused = alert.kind === 'level' ? context.refused(alert.since, to) : null
  // What was refused while a limit was full: no claim that the limit did it.
  const refusals = refused ? `; ${formatCount(refused)} refused` : ''
  return {
    title: `${organisation}: ${subjectText(alert, reading, context)}${isOver ? ', over' : ''}`,
    sentence: `${how} ${when}${lasted}${refusals}.`,
    window: { from: later(from, -SHOWN_BEFORE_MS), to: isOver ? later(to, SHOWN_AFTER_MS) : to },
  }
}

/** How bad it was at its worst: `1 000 of 1 000 (100 %)`. */
export const peakWords = (alert: Alert) => badness(alert, alert.peak).replace(/,$/, '')

/** A silence began with the last that was heard, not when it had lasted too long. */
const beganAt = ({ peak, since }: Alert): EpochMs =>
  peak.kind === 'blind' ? (peak.heardAt ?? since) : since

function subjectText(
  { metric: id, name }: Alert,
  reading: Reading,
  { metrics }: AlertContext,
): string {
  if (reading.kind === 'blind') return isWhole(reading) ? 'blind' : 'blind in part'
  if (id === null) return name.toLowerCase()
  const metric = metrics.find((one) => one.id === id)
  const how = metric && metric.provenance !== 'measured' ? ` (${metric.provenance})` : ''
  return `${metric?.title ?? id}${how}${reading.kind === 'leak' ? ', leak' : levelWord(reading)}`
}

function levelWord(reading: Reading): string {
  if (reading.kind !== 'level') return ''
  return reading.ratio >= AT_LIMIT_RATIO ? ' at the limit' : ` at ${formatPercent(reading.ratio)}`
}

function badness({ cause, hasCapacity }: Alert, reading: Reading): string {
  switch (reading.kind) {
    case 'level':
      return `${levelText(reading.value)} of ${levelText(reading.limit)} (${formatPercent(reading.ratio)})`
    case 'failures':
      return failuresText(reading, hasCapacity ? 'refused' : 'failed')
    case 'leak':
      return `floor +${levelText(reading.perIteration)} per iteration, ${formatCount(reading.floors)} floors,`
    case 'blind':
      return `${CAUSE_WORDS[cause ?? 'silent']}, ${formatCount(reading.silent)} of ${formatCount(reading.expected)} metrics not heard,`
  }
}

function failuresText(
  { errors, attempts, windowMs, burn }: Reading & { kind: 'failures' },
  verb: 'refused' | 'failed',
): string {
  const within = `within ${formatDuration(windowMs)}`
  if (attempts === null || burn === null) return `${formatCount(errors)} ${verb} ${within},`
  const pace = burn >= 10 ? formatCount(burn) : burn.toFixed(1)
  return `${formatCount(errors)} of ${formatCount(attempts)} attempts ${verb} ${within} (${shareText(errors / attempts)}, ${pace} times what the budget allows),`
}

const CAUSE_WORDS: Readonly<Record<BlindCause, string>> = {
  token: 'signed out',
  network: 'no reply, network',
  rate: '429',
  server: 'unavailable',
  silent: 'no reply',
}

/** The heading of a message: its only line's, or how many there are. */
export function messageTitle({ lines }: AlertMessage, context: AlertContext): string {
  const [first] = lines
  if (first && lines.length === 1) return alertWords(first, context).title
  const firing = lines.filter(({ kind }) => kind === 'fired').length
  const over = lines.length - firing
  const counted = [
    firing > 0 ? `${formatCount(firing)} ${firing === 1 ? 'alert' : 'alerts'}` : '',
    over > 0 ? `${formatCount(over)} over` : '',
  ].filter(Boolean)
  return `${context.organisation}: ${counted.join(', ')}`
}
