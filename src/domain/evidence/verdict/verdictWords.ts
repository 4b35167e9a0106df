import type { EvidenceReport } from '../evidence.ts'
import type { VerdictWord } from './verdict.ts'
import { lookalikes, oppositeFacts } from './verdictAgainst.ts'
import { verdictNext } from './verdictNext.ts'
import { isLowerBound, verdictSentence } from './verdictSentence.ts'

/** A verdict's word as people read it. */
export const VERDICT_TITLES: Readonly<Record<VerdictWord, string>> = {
  'capacity-bound': 'Capacity-bound',
  partly: 'Partly',
  'not-capacity-bound': 'Not capacity-bound',
  'cannot-tell': 'Cannot tell',
}

/**
 * A verdict in words: the word, one sentence with its numbers, one with what speaks against it, and
 * what to do next: whole, and as the bare advice without the numbers that it rests on. What speaks
 * against it comes whole and in its two parts: the opposite facts, and what would look the same.
 * Plain text; clock times are those of an IANA zone.
 */
export function verdictWords(report: EvidenceReport, zone: string) {
  const { verdict } = report
  const next = verdictNext(report, zone)
  const opposite = oppositeFacts(report)
  const lookalike = lookalikes(report)
  return {
    word: VERDICT_TITLES[verdict.word] + (isLowerBound(verdict) ? ' or more' : ''),
    sentence: verdictSentence(report),
    against: lookalike === '' ? opposite : `${opposite} ${lookalike}`,
    opposite,
    lookalike,
    next,
    advice: next.replace(/: .*$/s, '.'),
  }
}
