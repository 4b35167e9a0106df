import { Button } from '@mantine/core'
import { useState } from 'react'
import { formatClock, formatCount, formatDuration, formatZone } from '#domain/format.ts'
import type { TimelineLine } from '#domain/incident/timelineLine.ts'
import type { PartId } from '#domain/evidence/parts/evidencePart.ts'
import type { DurationMs, EpochMs } from '#domain/units.ts'
import { LinkButton } from '#ui/controls/LinkButton.tsx'
import { uniqueKeys } from '#ui/table/uniqueKeys.ts'
import { NoteForm } from './NoteForm.tsx'
import classes from './Timeline.module.css'
import { TimelineGlyph } from './TimelineGlyph.tsx'

type Props = {
  lines: readonly TimelineLine[]
  /** Whether nothing is drafted yet. */
  isComputing: boolean
  zone: string
  /** The instant that is selected; null: none. */
  at: EpochMs | null
  /** Where a line of one's own would stand. */
  newAt: EpochMs
  onSelect: (at: EpochMs) => void
  onEvidence: (part: PartId) => void
  onAdd: (text: string) => void
}

/** What happened, in order, drafted from the data: a press selects its instant on the charts. */
export function Timeline(props: Props) {
  const { lines, isComputing, zone, at, newAt } = props
  const [isAdding, setIsAdding] = useState(false)
  const [zoneName] = formatZone(newAt, zone).split(',')
  const keys = uniqueKeys(lines.map(({ kind, at: when, title }) => `${kind} ${when} ${title}`))
  return (
    <section className={classes.timeline} aria-labelledby="timeline-heading">
      <header className={classes.head}>
        <h2 id="timeline-heading">Timeline</h2>
        <span>
          {isComputing
            ? 'being drafted …'
            : `drafted from data, ${formatCount(lines.length)} lines`}
        </span>
        <Button size="xs" onClick={() => setIsAdding(!isAdding)} aria-expanded={isAdding}>
          Add line
        </Button>
      </header>
      <p className={classes.about}>Times are {zoneName}; ± says how exact, where known.</p>
      {isAdding ? (
        <NoteForm
          label={`Line at ${formatClock(newAt, zone)}`}
          onAdd={(text) => {
            props.onAdd(text)
            setIsAdding(false)
          }}
          onCancel={() => setIsAdding(false)}
        />
      ) : null}
      <ol className={classes.lines}>
        {lines.map((line, i) => (
          <Line
            key={keys[i]}
            line={line}
            zone={zone}
            isSelected={line.at === at}
            onSelect={props.onSelect}
            onEvidence={props.onEvidence}
          />
        ))}
      </ol>
    </section>
  )
}

type LineProps = Pick<Props, 'zone' | 'onSelect' | 'onEvidence'> & {
  line: TimelineLine
  isSelected: boolean
}

function Line({ line, zone, isSelected, onSelect, onEvidence }: LineProps) {
  const { kind, at, plusMinusMs, title, detail, part } = line
  return (
    <li className={classes.item} data-selected={isSelected}>
      <button
        type="button"
        className={classes.line}
        aria-pressed={isSelected}
        onClick={() => onSelect(at)}
      >
        <span className={classes.when}>
          <b>{formatClock(at, zone)}</b>
          <span>{sureness(plusMinusMs)}</span>
        </span>
        <TimelineGlyph kind={kind} />
        <span className={classes.what}>
          <span>{title}</span>
          <span>{detail}</span>
        </span>
      </button>
      {part && isSelected ? (
        <p className={classes.evidence}>
          <LinkButton onClick={() => onEvidence(part)}>Evidence for this</LinkButton>
        </p>
      ) : null}
    </li>
  )
}

/** `± 10 s`; nothing where nobody can say. */
const sureness = (plusMinusMs: DurationMs | null) =>
  plusMinusMs === null || plusMinusMs === 0
    ? ''
    : `± ${plusMinusMs < 1_000 ? '1\u202fs' : formatDuration(plusMinusMs)}`
