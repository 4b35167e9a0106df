import { Modal } from '@mantine/core'
import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import type { GradeReason } from '#domain/errors/grades.ts'
import { gradeSentence, limitWords, PLACE_SENTENCES } from '#domain/errors/gradeWords.ts'
import { formatClock, formatCount, formatDate, formatPercent, formatZone } from '#domain/format.ts'
import { CopyButton } from '../controls/CopyButton.tsx'
import { ErrorGlyph } from '../glyphs/ErrorGlyph.tsx'
import classes from './EventDialog.module.css'
import { REPORTERS } from './eventColumns.tsx'

type Props = {
  event: ErrorEvent | null
  /** Share of the limit used then; null where not known. */
  used: number | null
  /** How well a limit explains it; null where it is no capacity error. */
  grade: GradeReason | null
  zone: string
  onClose: () => void
}

/** All that is known of one event. What nobody said is left out. */
export function EventDialog({ event, onClose, ...known }: Props) {
  return (
    <Modal opened={event !== null} onClose={onClose} title="Event" size="lg">
      {event ? <Facts event={event} {...known} /> : null}
    </Modal>
  )
}

type FactsProps = Pick<Props, 'used' | 'grade' | 'zone'> & { event: ErrorEvent }

function Facts({ event, used, grade, zone }: FactsProps) {
  const { at, place, status, count, route, app, code, message, correlationId, limit } = event
  const facts: [string, string | null][] = [
    ['Time', `${formatDate(at, zone)}, ${formatClock(at, zone)} ${formatZone(at, zone)}`],
    ['UTC', new Date(at).toISOString()],
    ['Status', status === null ? null : String(status)],
    ['Where', PLACE_SENTENCES[place]],
    ['Count', formatCount(count)],
    ['Used then', used === null ? 'not known' : formatPercent(used)],
    ['Grade', grade && gradeSentence(grade, zone)],
    ['Route', route],
    ['App', app],
    ['Code', code],
    ['Message', message],
    ['Limit named', limit && limitWords(limit)],
    ['Reported by', REPORTERS[event.source]],
  ]
  return (
    <dl className={classes.facts}>
      <dt>Class</dt>
      <dd className={classes.class}>
        <ErrorGlyph errorClass={event.class} />
        {event.class}
      </dd>
      {facts.map(([name, value]) =>
        value === null ? null : (
          <div key={name} className={classes.fact}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
      {correlationId === null ? null : (
        <div className={classes.fact}>
          <dt>Correlation id</dt>
          <dd className={classes.id}>
            <code>{correlationId}</code>
            <CopyButton text={correlationId} what="correlation id" />
          </dd>
        </div>
      )}
    </dl>
  )
}
