import { formatClock, formatCount, formatDate } from '../format.ts'
import type { EpochMs } from '../units.ts'
import type { JournalEntry } from './limitJournal.ts'
import type { LimitRequest } from './registryFact.ts'

/** One line of the journal in words. */
export type JournalWords = {
  /** `Thu 17 Sep 13:40` */
  when: string
  /** Who or what says so: `change request`, `by hand`. */
  tag: string
  /** `1 000 → 1 500` */
  change: string
  /** What is known of it, in sentences. */
  sentences: readonly string[]
  /** Nothing explains it: it is flagged. */
  isFlagged: boolean
}

/** A value of a limit: `not told` where there was none, `unknown` where nobody knew. */
export const limitText = (value: number | null) => (value === null ? 'unknown' : formatCount(value))

const onDay = (at: EpochMs, zone: string) =>
  `${formatDate(at, zone).replace(/ \d{4}$/, '')} ${formatClock(at, zone, 'minutes')}`

/** An entry of the journal in words; times are those of an IANA zone. */
export function journalWords(entry: JournalEntry, zone: string): JournalWords {
  const { kind, from, to, latest, explanation } = entry
  const isRequest = kind === 'requested'
  return {
    when: onDay(latest, zone),
    tag: tagOf(entry),
    change: `${limitText(from)} → ${limitText(to)}${isRequest ? ' requested' : ''}`,
    sentences: sentencesOf(entry, zone),
    isFlagged: explanation.kind === 'unexplained',
  }
}

function tagOf({ kind, explanation }: JournalEntry): string {
  switch (explanation.kind) {
    case 'request':
      return 'change request'
    case 'default':
      return kind === 'default' ? 'platform default' : 'with the default'
    case 'manual':
      return 'by hand'
    case 'source':
      return 'told by its source'
    case 'unexplained':
      return 'unexplained'
  }
}

function sentencesOf(entry: JournalEntry, zone: string): string[] {
  const { kind, explanation } = entry
  switch (explanation.kind) {
    case 'request':
      return kind === 'requested'
        ? [requestSentence(explanation.request)]
        : [...validSentences(entry, zone), ...carriedOut(entry, explanation.request, zone)]
    case 'default':
      return kind === 'default'
        ? ['The default of the platform moved; the value of this organisation did not.']
        : ['The default of the platform moved with it.', ...validSentences(entry, zone)]
    case 'manual': {
      const { author, setAt, note } = explanation.limit
      const typed = explanation.hasEnded
        ? `What ${author} had typed was taken back.`
        : `Typed by ${author}, ${onDay(setAt, zone)}.`
      return [typed, ...(note === '' || explanation.hasEnded ? [] : [note])]
    }
    case 'source':
      return [`Source: ${explanation.source}.`]
    case 'unexplained':
      return ['No change request leads to it.', ...validSentences(entry, zone)]
  }
}

function validSentences({ earliest, latest, firstSeenAt }: JournalEntry, zone: string): string[] {
  if (earliest < latest)
    return [`Valid from between ${onDay(earliest, zone)} and ${onDay(latest, zone)}.`]
  return firstSeenAt === null ? [] : [`First seen ${onDay(firstSeenAt, zone)}.`]
}

function carriedOut({ firstSeenAt }: JournalEntry, request: LimitRequest, zone: string): string[] {
  const { completedAt } = request
  if (completedAt === null) return []
  return [
    firstSeenAt === null
      ? `Known from the request alone, carried out ${onDay(completedAt, zone)}.`
      : `The request was carried out ${onDay(completedAt, zone)}.`,
  ]
}

const STATUS_SENTENCES: Readonly<Record<string, string>> = {
  Open: 'Open. Drawn as a dashed step ahead of now.',
  Pending: 'Pending. Drawn as a dashed step ahead of now.',
  Approved: 'Approved, not yet in force. Drawn as a dashed step ahead of now.',
  ReviewerApproved: 'Approved by a reviewer, not yet in force.',
  SecondaryApprovalNamespacesAdded: 'Waits for a second approval.',
  ImplementingChange: 'Is being put into force.',
  Rejected: 'Rejected',
  ReviewerRejected: 'Rejected by a reviewer',
  Rollback: 'To be rolled back.',
  ReviewerRollback: 'To be rolled back.',
  ImplementingRollback: 'Is being rolled back.',
  RollbackImplemented: 'Was rolled back.',
}

const REASONS: Readonly<Record<string, string>> = {
  AlternativeExists: 'there is another way',
  IncreaseNotRequired: 'no increase is needed',
  PlatformMisuse: 'it is taken for misuse of the platform',
  PlatformStability: 'for the stability of the platform',
  OtherReason: 'for another reason',
}

/** Where a request stands: `Rejected: no increase is needed.` A word that came later is told as it is. */
export function requestSentence({ status, rejectReason }: LimitRequest): string {
  const sentence = STATUS_SENTENCES[status] ?? `${status}.`
  if (sentence.endsWith('.')) return sentence
  const reason = rejectReason && (REASONS[rejectReason] ?? rejectReason)
  return reason ? `${sentence}: ${reason}.` : `${sentence}.`
}
