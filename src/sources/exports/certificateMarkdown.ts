import type { Certificate } from '#domain/limits/certificate.ts'
import { certificateWords, doubtWords } from '#domain/limits/certificateWords.ts'
import { comparableWords, sampleWords } from '#domain/limits/comparableWords.ts'
import type { ComparableChoice } from '#domain/limits/comparableWindows.ts'
import type { Organisation } from '#domain/organisation.ts'
import { markdownTable, markdownText } from './markdownText.ts'
import { bandsTable, guardsTable, sidesTable } from './words/certificateTables.ts'
import { organisationWords, simulatedWords, windowText } from './words/incidentWords.ts'

export type WrittenCertificate = {
  certificate: Certificate
  choice: ComparableChoice
  organisation: Organisation
  /** Of the metric. */
  title: string
  zone: string
  /** What the numbers lack, one sentence each. */
  problems: readonly string[]
}

/** A certificate for a ticket or a mail, as Markdown: all that the screen and the paper say. */
export function certificateMarkdown(written: WrittenCertificate): string {
  const { certificate, choice, organisation, title, zone, problems } = written
  const words = certificateWords(certificate, zone)
  const simulated = simulatedWords(organisation)
  const sections = [
    simulated === null ? '' : `**${markdownText(simulated)}**`,
    `## ${markdownText(`${title}: ${words.title}`)}`,
    markdownText(organisationWords(organisation)),
    `**${markdownText(words.word)}.** ${markdownText(words.sentence)}`,
    markdownText(words.against),
    markdownText(words.next),
    ...windowLines(written).map(markdownText),
    ...[sidesTable(certificate), bandsTable(certificate), guardsTable(certificate)].map(
      markdownTable,
    ),
    ...[comparableWords(choice), sampleWords(choice.sample), ...problems].map(markdownText),
  ]
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`
}

/** Both windows with their zone, and what lies in neither. */
export function windowLines({
  certificate,
  zone,
}: Pick<WrittenCertificate, 'certificate' | 'zone'>) {
  const { before, after, change } = certificate
  return [
    `Before: ${windowText(before, zone)}`,
    `After: ${windowText(after, zone)}`,
    doubtWords(change),
  ]
}
