import { formatClock, formatDate, formatDuration, formatZone } from '#domain/format.ts'
import type { EpochMs } from '#domain/units.ts'
import { withoutFormula } from '../../exports/csvCell.ts'
import { markdownTable } from '../../exports/markdownText.ts'
import type { TextTable } from '../../exports/words/textTable.ts'
import { PROBE_STATE_WORDS, type ProbeId, type ProbeResult } from './probe.ts'
import { PROBES } from './probes.ts'

type Known = {
  /** The organisation's name, and whether it is simulated. */
  organisation: { name: string; domain: string; simulation: string | null }
  results: ReadonlyMap<ProbeId, ProbeResult>
  /** IANA zone of the times. */
  zone: string
  now: EpochMs
}

/** All probes with their results, for a ticket: also those that were not run. */
export function probeTable({ organisation, results, zone, now }: Known): TextTable {
  const at = (instant: EpochMs) => `${formatDate(instant, zone)} ${formatClock(instant, zone)}`
  const { name, domain, simulation } = organisation
  return {
    title: `Diagnostics of ${name} (${simulation === null ? domain : `simulated: ${simulation}`})`,
    columns: [
      { name: 'Probe' },
      { name: 'Asks' },
      { name: 'State' },
      { name: 'Findings' },
      { name: 'Permission missing' },
      { name: 'When', isInstant: true },
      { name: 'Took', isNumber: true },
    ],
    rows: PROBES.map(({ id, title, calls }) => {
      const result = results.get(id)
      const asked = calls.length === 0 ? 'no call' : calls.join(', ')
      const head = [`${id} ${title}`, asked]
      if (!result) return [...head, PROBE_STATE_WORDS.notRun, '–', '–', '–', '–']
      return [
        ...head,
        PROBE_STATE_WORDS[result.state],
        result.findings.join(' '),
        result.permission ?? '–',
        at(result.at),
        formatDuration(result.tookMs),
      ]
    }),
    empty: 'There are no probes.',
    remarks: [`Times in ${formatZone(now, zone)}. Copied ${at(now)}.`],
  }
}

/** The table as Markdown, for a ticket. */
export const probeMarkdown = (known: Known): string => `${markdownTable(probeTable(known))}\n`

/** The table for a spreadsheet: cells parted by tabs, none of them a formula, none over two lines. */
export function probeTsv(known: Known): string {
  const { columns, rows } = probeTable(known)
  const line = (cells: readonly string[]) =>
    cells.map((cell) => withoutFormula(cell.replace(/\s*[\t\r\n]+\s*/g, ' '))).join('\t')
  return `${[columns.map(({ name }) => name), ...rows].map(line).join('\r\n')}\r\n`
}
