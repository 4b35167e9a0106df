import { verdictAgainst } from './verdictAgainst.ts'
import { verdictNext } from './verdictNext.ts'
import { isLowerBound, verdictSentence } from './verdictSentence.ts'
import type { EvidenceReport } from './evidence.ts'
import type { VerdictWord } from './verdict.ts'

const WORDS: Readonly<Record<VerdictWord, string>> = {
  'capacity-bound': 'Capacity-bound',
  partly: 'Partly',
  'not-capacity-bound': 'Not capacity-bound',
  'cannot-tell': 'Cannot tell',
}

/**
 * A verdict in words: the word, one sentence with its numbers, one with what speaks against it, and what to do next. Plain text;
 * clock times are those of an IANA zone.
 */
export function verdictWords(report: EvidenceReport, zone: string) {
  const { verdict } = report
  return {
    word: WORDS[verdict.word] + (isLowerBound(verdict) ? ' or more' : ''),
    sentence: verdictSentence(report),
    against: verdictAgainst(report),
    next: verdictNext(report, zone),
  }
}

export { pText } from './verdictText.ts'
