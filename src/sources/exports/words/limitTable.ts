import { formatCount } from '#domain/format.ts'
import type { Incident } from '#domain/incident/incident.ts'
import { limitsOf } from '#domain/incident/incidentEvidence.ts'
import type { EpochMs, MetricId } from '#domain/units.ts'
import { limitSpans } from './limitSpans.ts'
import { lineName } from '#domain/metrics/lineName.ts'
import { clockText, utcText, zoneName } from './incidentWords.ts'
import { type MovingLimit, movingLimit } from './movingLimit.ts'
import type { TextTable } from './textTable.ts'

/** The limits as they held in the window, each with who named it. */
export function limitTable(incident: Incident): TextTable {
  const limits = limitsOf(incident)
  const titles = new Map<MetricId, string>(
    incident.metrics.map((metric) => [metric.id, lineName(metric)]),
  )
  const spans = [...limits].flatMap(([metric, steps]) => {
    const told = limitSpans(steps, incident).filter(({ since }) => since !== null)
    const moving = movingLimit(told)
    const shown = moving ? told.slice(0, 1) : told
    return shown.map((span) => ({ ...span, title: titles.get(metric) ?? metric, told, moving }))
  })
  // A clock of UTC says it already.
  const isUtc = zoneName(incident, incident.zone) === 'UTC'
  const utcBeside = (at: EpochMs) => (isUtc ? '' : ` (${utcText(at)})`)
  // One that was never known is said in a sentence: rows of "unknown" hide those that were.
  const isNeverKnown = ({ told }: (typeof spans)[number]) => told.every((one) => one.value === null)
  const rows = spans
    .filter((span) => !isNeverKnown(span))
    .map(({ from, since, isEarlier, value, source, title, moving }) =>
      moving
        ? [title, rangeText(moving), movesText(moving), moving.source]
        : [
            title,
            value === null ? 'unknown' : formatCount(value),
            isEarlier
              ? 'before the window'
              : `${clockText(from, incident, incident.zone)}${utcBeside(since ?? from)}`,
            source,
          ],
    )
  const unknown = new Map<string, string[]>()
  for (const { title, source } of spans.filter(isNeverKnown))
    unknown.set(source, [...(unknown.get(source) ?? []), title])
  return {
    title: 'Limits as they held then',
    columns: [
      { name: 'Metric' },
      { name: 'Limit', isNumber: true },
      { name: 'In force from' },
      { name: 'Who says so' },
    ],
    rows,
    empty: 'No limit is known in this window.',
    remarks: [...unknown].map(
      ([reason, names]) => `Limit unknown (${reason}): ${[...new Set(names)].join(', ')}.`,
    ),
  }
}

/** `900 to 906`. */
export const rangeText = ({ lowest, highest }: MovingLimit) =>
  lowest === highest ? formatCount(lowest) : `${formatCount(lowest)} to ${formatCount(highest)}`

/** `moves: 2 000 levels in the window`. */
export const movesText = ({ levels, isUnknownAtTimes }: MovingLimit) =>
  `moves: ${formatCount(levels)} levels in the window${isUnknownAtTimes ? ', at times unknown' : ''}`
