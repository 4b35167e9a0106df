import { formatCount, formatDuration, THIN_SPACE } from '#domain/format.ts'
import type { Incident, IncidentSource, SourceClock } from '#domain/incident/incident.ts'
import { clockText, plusMinusText } from './incidentWords.ts'
import type { TextTable } from './textTable.ts'

/** Where everything came from: how much of it was used, how its clock was set, and what was taken out. */
export function sourceTable(incident: Incident): TextTable {
  const { sources } = incident
  return {
    title: 'Sources',
    columns: [
      { name: 'Source' },
      { name: 'Kind' },
      { name: 'Samples', isNumber: true },
      { name: 'Left out', isNumber: true },
      { name: 'Clock' },
      { name: 'Secrets taken out' },
    ],
    rows: sources.map(({ name, kind, samples, rejected, clock, removals }) => [
      name,
      kind,
      formatCount(samples),
      formatCount(rejected),
      clockWords(clock, incident),
      removals.length === 0 ? 'none' : removalsText(removals),
    ]),
    empty: 'No source is named.',
    remarks: sources.flatMap(remarksOf),
  }
}

/** `3 × token, 1 × cookie`. */
export const removalsText = (removals: IncidentSource['removals']) =>
  removals.map(({ what, count }) => `${formatCount(count)} × ${what}`).join(', ')

/** What was left out, line by line, and what there is to know about a source. */
function remarksOf({ name, rejected, rejections, warnings }: IncidentSource): string[] {
  const listed = rejections.map(
    ({ line, reason }) => `${name}, line ${formatCount(line)}: ${reason}`,
  )
  const more = rejected - rejections.length
  return [
    ...listed,
    ...(more > 0 ? [`${name}: ${formatCount(more)} more left out`] : []),
    ...warnings.map((warning) => `${name}: ${warning}`),
  ]
}

const HOW: Readonly<Record<SourceClock['how'], string>> = {
  asItIs: 'as it is',
  byHand: 'by hand',
  correlation: 'by cross-correlation',
  dateHeaders: 'by Date headers',
}

/** How the times of a source were moved: `moved −41 s, ± 2 s, by cross-correlation`. */
export function clockWords(clock: SourceClock, incident: Incident): string {
  const { movedMs, plusMinusMs, how, drift } = clock
  const isMoved = movedMs !== 0 || drift !== null
  const moved = isMoved ? `moved ${signedText(movedMs)}` : 'not moved'
  const exact = plusMinusMs === null ? 'how exact is not known' : plusMinusText(plusMinusMs)
  const drifts =
    drift === null
      ? ''
      : `, drift ${signedNumber(drift.ppm)} ppm from ${clockText(drift.from, incident, incident.zone)}`
  const by = isMoved || how !== 'asItIs' ? `, ${HOW[how]}` : ''
  return `${moved}, ${exact}${by}${drifts}`
}

const MINUS = '\u2212'
const signOf = (value: number) => (value < 0 ? MINUS : value > 0 ? '+' : '')
const signedNumber = (value: number) => signOf(value) + String(Math.abs(value))

/** `−41 s`, `+350 ms`: milliseconds where whole seconds would hide some. */
function signedText(movedMs: number): string {
  const size = Math.abs(movedMs)
  const text =
    size % 1_000 !== 0 && size < 10_000
      ? `${formatCount(size)}${THIN_SPACE}ms`
      : formatDuration(size)
  return signOf(movedMs) + text
}
