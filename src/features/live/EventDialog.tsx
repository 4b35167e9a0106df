import { Modal } from '@mantine/core'
import type { ErrorEvent, NamedLimit } from '#domain/errors/errorEvent.ts'
import { formatClock, formatCount, formatDate, formatPercent, formatZone } from '#domain/format.ts'
import { CopyButton } from '#ui/controls/CopyButton.tsx'
import { ErrorGlyph } from '#ui/glyphs/ErrorGlyph.tsx'
import classes from './EventDialog.module.css'
import { REPORTERS } from './eventColumns.tsx'

type Props = {
  event: ErrorEvent | null
  /** Share of the limit used then; null where not known. */
  used: number | null
  zone: string
  onClose: () => void
}

/** All that is known of one event. What nobody said is left out. */
export function EventDialog({ event, used, zone, onClose }: Props) {
  return (
    <Modal opened={event !== null} onClose={onClose} title="Event" size="lg">
      {event ? <Facts event={event} used={used} zone={zone} /> : null}
    </Modal>
  )
}

type FactsProps = { event: ErrorEvent; used: number | null; zone: string }

function Facts({ event, used, zone }: FactsProps) {
  const { at, status, count, route, app, code, message, correlationId, limit } = event
  const facts: [string, string | null][] = [
    ['Time', `${formatDate(at, zone)}, ${formatClock(at, zone)} ${formatZone(at, zone)}`],
    ['UTC', new Date(at).toISOString()],
    ['Status', status === null ? null : String(status)],
    ['Count', formatCount(count)],
    ['Used then', used === null ? 'not known' : formatPercent(used)],
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

const limitWords = ({ namespace, key, value }: NamedLimit) =>
  [namespace, key, value === null ? null : formatCount(value)]
    .filter((part) => part !== null)
    .join(' · ')
