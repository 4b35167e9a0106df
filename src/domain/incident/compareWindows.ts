import { beforeAfterWords } from '../evidence/raise/beforeAfterWords.ts'
import { formatDuration } from '../format.ts'
import { limitAt } from '../metrics/limitSteps.ts'
import { elapsed } from '../units.ts'
import { comparedRaise } from './comparedRaise.ts'
import { attemptRows, otherRows, peakRows, queueRows, refusedRow } from './comparedRows.ts'
import { comparedSide } from './comparedSide.ts'
import { areAlike, endsText, valueText } from './comparisonWords.ts'
import type { ComparedWindows, ComparisonRow } from './comparisonRow.ts'
import type { Comparison, Incident } from './incident.ts'
import { incidentSubject, limitsOf } from './incidentEvidence.ts'

type Said = Pick<ComparedWindows, 'word' | 'sentence'>

/**
 * Two windows of an incident held against each other, b less a. Windows may be of unequal length:
 * then rates per minute are compared, and the sentence says so.
 *
 * Where the subject's limit was raised between them the word is that of `beforeAfterOf`, from what
 * happened in the two windows alone; else the interval of the refused shares speaks: `difference`
 * where it excludes none. Windows are cut to the incident; one without length leaves no rows and
 * `cannot-tell`. The same incident and windows always give the same numbers: draws are seeded by the
 * windows' beginnings. About 0.2 s for a queue metric of a thousand samples: call it in a worker.
 */
export function compareWindows(incident: Incident, { a, b }: Comparison): ComparedWindows {
  const sides = { a: comparedSide(incident, a), b: comparedSide(incident, b) }
  const { metric } = incidentSubject(incident)
  const steps = (metric && limitsOf(incident).get(metric.id)) ?? []
  const limitA = limitAt(steps, sides.a?.span.from ?? a.from)
  const limitB = limitAt(steps, sides.b?.span.from ?? b.from)
  if (!sides.a || !sides.b) {
    const sentence = 'Cannot tell. One of the two windows has no length within the incident.'
    return { a, b, rows: [], limitA, limitB, word: 'cannot-tell', sentence }
  }
  const both = { a: sides.a, b: sides.b }
  const spans = { a: both.a.span, b: both.b.span }
  const refused = refusedRow(both)
  const rows = [
    ...attemptRows(both),
    refused,
    ...peakRows(both),
    ...queueRows(incident, both),
    ...otherRows(both),
  ]
  const isRaised = limitA !== null && limitB !== null && limitB > limitA
  const raise = isRaised
    ? comparedRaise(incident, spans.a, spans.b, { a: limitA, b: limitB })
    : null
  const said: Said = raise
    ? { word: raise.word, sentence: beforeAfterWords(raise, incident.zone).sentence }
    : saidOf(refused)
  return {
    ...spans,
    rows,
    limitA,
    limitB,
    word: said.word,
    sentence: said.sentence + caveats(spans),
  }
}

/** What keeps the two windows from being held against each other as they are. */
function caveats({ a, b }: Comparison): string {
  const [one, other] = [a, b].map(({ from, to }) => formatDuration(elapsed(from, to)))
  const lengths = ` Windows of ${one} and ${other}: rates per minute are compared.`
  const doOverlap = a.from < b.to && b.from < a.to
  return (
    (areAlike(a, b) ? '' : lengths) +
    (doOverlap ? ' The windows overlap; intervals take them for two.' : '')
  )
}

/** What the refused shares, or rates, say alone. */
function saidOf(row: ComparisonRow): Said {
  const { difference, isShown, unit } = row
  if (!difference) {
    const sentence = 'Cannot tell. Refusals and attempts of both windows are not known.'
    return { word: 'cannot-tell', sentence }
  }
  const what = unit === 'share' ? 'of attempts were refused' : 'refused per minute'
  const values = `${valueText(row.a ?? 0, unit)} ${what} in A and ${valueText(row.b ?? 0, unit)} in B`
  const range = `(${endsText(difference, unit)}${unit === 'share' ? ' points' : ''})`
  return isShown
    ? { word: 'difference', sentence: `Difference. ${values} ${range}.` }
    : { word: 'no-difference', sentence: `No difference shown. ${values} ${range}.` }
}
