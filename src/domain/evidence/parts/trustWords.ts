import type { EvidenceReport } from '../evidence.ts'
import { formatPercent } from '../../format.ts'
import { SCOPE_WORDS } from '../../metrics/scopeWords.ts'
import { fineDuration } from './numberText.ts'

/** How much of the window was measured: `97 % covered`. */
export const coverageWords = ({ verdict }: EvidenceReport) =>
  `${formatPercent(verdict.coverage)} covered`

/** How far the clocks may be apart: times from two machines are no better than that. */
export const clockWords = (clockErrorMs: number | null) =>
  clockErrorMs === null ? 'clock not checked' : `clock ± ${fineDuration(clockErrorMs)}`

/** Coverage, source and clock in one line, for where there is no glyph. */
export function trustText(report: EvidenceReport): string {
  const { subject, clockErrorMs } = report
  const source = subject
    ? [subject.title, `${subject.provenance}, ${SCOPE_WORDS[subject.scope]}`]
    : []
  return [...source, coverageWords(report), clockWords(clockErrorMs)].join(' · ')
}
