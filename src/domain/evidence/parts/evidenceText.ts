import type { EvidenceReport } from '../evidence.ts'
import { verdictWords } from '../verdict/verdictWords.ts'
import { formatClock, formatDate, formatZone } from '../../format.ts'
import type { EvidencePart } from './evidencePart.ts'
import { evidenceParts } from './evidenceParts.ts'
import { trustText } from './trustWords.ts'

/** `Thu 17 Sep 2026, 11:30 to 14:30 CEST, UTC+2`: seconds where the window is short. */
function windowText({ from, to }: EvidenceReport, zone: string): string {
  const precision = to - from < 600_000 ? 'seconds' : 'minutes'
  const end = formatClock(to, zone, precision)
  return `${formatDate(from, zone)}, ${formatClock(from, zone, precision)} to ${end} ${formatZone(to, zone)}`
}

function partText({ title, says, rows }: EvidencePart): string {
  const numbers = rows.map(({ name, value }) => `  ${name}: ${value}`)
  return [title, ...says.map((sentence) => `  ${sentence}`), ...numbers].join('\n')
}

/** The whole report as plain text, to paste into a ticket: every number of the drawer, in its order. */
export function evidenceText(report: EvidenceReport, zone: string): string {
  const { word, sentence, against } = verdictWords(report, zone)
  const head = [
    `Evidence, ${windowText(report, zone)}`,
    `${word}. ${sentence}`,
    against,
    trustText(report),
  ].filter((line) => line !== '')
  const parts = evidenceParts(report, zone).map(partText)
  return `${[head.join('\n'), ...parts].join('\n\n')}\n`
}
