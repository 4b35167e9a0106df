import { formatCount, formatDuration, formatPercent } from '#domain/format.ts'
import type { Episode, NearMiss } from '#domain/incident/episode.ts'
import type { Incident } from '#domain/incident/incident.ts'
import { elapsed } from '#domain/units.ts'
import { clockText, zoneName } from './incidentWords.ts'
import type { TextTable } from './textTable.ts'

const DASH = '–'

/** Stretches at a limit, and bursts of refusals. */
export function episodeTable(incident: Incident, episodes: readonly Episode[]): TextTable {
  const clock = (at: Episode['from']) => clockText(at, incident, incident.zone)
  return {
    title: 'Episodes',
    columns: [
      { name: `From, ${zoneName(incident, incident.zone)}`, isInstant: true },
      { name: 'To', isInstant: true },
      { name: 'Length', isNumber: true },
      { name: 'What' },
      { name: 'Refused', isNumber: true },
      { name: 'Highest use', isNumber: true },
    ],
    rows: episodes.map(({ from, to, title, refused, usedRatio }) => [
      clock(from),
      clock(to),
      formatDuration(elapsed(from, to)),
      title,
      formatCount(refused),
      usedRatio === null ? DASH : formatPercent(usedRatio),
    ]),
    empty: 'Nothing was at a limit, and there was no burst of refusals.',
    remarks: [],
  }
}

/** Peaks within 5 % of a limit that nothing was refused at. */
export function nearMissTable(incident: Incident, nearMisses: readonly NearMiss[]): TextTable {
  return {
    title: 'Near misses',
    columns: [
      { name: `Peak, ${zoneName(incident, incident.zone)}`, isInstant: true },
      { name: 'Metric' },
      { name: 'Peak', isNumber: true },
      { name: 'Limit', isNumber: true },
      { name: 'Used', isNumber: true },
    ],
    rows: nearMisses.map(({ peakAt, title, peak, limit, usedRatio }) => [
      clockText(peakAt, incident, incident.zone),
      title,
      formatCount(peak),
      formatCount(limit),
      formatPercent(usedRatio),
    ]),
    empty: 'No peak came within 5\u202f% of a limit without refusals.',
    remarks: [],
  }
}
