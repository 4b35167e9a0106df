import { Button, Modal, NativeSelect } from '@mantine/core'
import type { ReactNode } from 'react'
import { formatClock, formatCount, formatDate } from '#domain/format.ts'
import { limitText, requestSentence } from '#domain/limits/journalWords.ts'
import { isSameKey, limitKeyText } from '#domain/limits/limitKey.ts'
import type { LimitRow } from '#domain/limits/limitRows.ts'
import type { LimitSettings } from '#domain/limits/limitSettings.ts'
import { keyIn, type RegistryBook } from '#domain/limits/registryBook.ts'
import { requestsFor } from '#domain/limits/registryFact.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { type EpochMs, type MetricId, metricId } from '#domain/units.ts'
import classes from './dialogs.module.css'

type Props = {
  row: LimitRow
  metrics: readonly Metric[]
  book: RegistryBook
  settings: LimitSettings
  zone: string
  /** Says which metric is limited by the key: null for none. */
  onAssign: (row: LimitRow, metric: MetricId | null) => void
  onType: (metric: MetricId) => void
  /** Takes a typed limit back from now on. */
  onEnd: (row: LimitRow) => void
  onGone: () => void
}

/** All that is known of one limit, and what people can say of it. */
export function LimitDetails(props: Props) {
  const { row, book, zone, onType, onEnd, onGone } = props
  const { key, metric, doc, manual, effective } = row
  const seen = key ? (keyIn(book, key)?.effective ?? []) : []
  const requests = key ? requestsFor(book.requests, key) : []
  return (
    <Modal opened onClose={onGone} title={row.title} size="lg" centered>
      {doc?.description ? <p className={classes.lead}>{doc.description}</p> : null}
      <dl className={classes.facts}>
        {key ? (
          <Fact name="Key">
            <span className={classes.code}>{limitKeyText(key)}</span>
          </Fact>
        ) : null}
        <Fact name="Covers">{row.scope}</Fact>
        <Fact name="In force">
          {limitText(effective?.value ?? null)}
          {effective ? `, ${effective.source}, since ${onDay(effective.from, zone)}` : ''}
        </Fact>
        <Fact name="Default">
          {row.defaultValue === null ? 'not published' : formatCount(row.defaultValue)}
        </Fact>
        {doc?.isConfigurable === null || !doc ? null : (
          <Fact name="Can be changed">{doc.isConfigurable ? 'yes, by request' : 'no'}</Fact>
        )}
        {doc?.isTrackable === null || !doc ? null : (
          <Fact name="Recorded by the platform">
            {doc.isTrackable ? 'from about 90 % on, best effort' : 'no'}
          </Fact>
        )}
        {manual ? (
          <Fact name="Typed">
            {`${formatCount(manual.value)} by ${manual.author}, ${onDay(manual.setAt, zone)}`}
            {manual.note === '' ? '' : `: ${manual.note}`}
          </Fact>
        ) : null}
      </dl>
      {key ? <Assignment {...props} /> : null}
      {seen.length > 0 ? (
        <>
          <h3 className={classes.part}>Values seen</h3>
          <dl className={classes.facts}>
            {seen.toReversed().map(({ value, firstSeenAt, lastSeenAt }) => (
              <Fact key={firstSeenAt} name={value === null ? 'not told' : formatCount(value)}>
                {`${onDay(firstSeenAt, zone)} to ${onDay(lastSeenAt, zone)}`}
              </Fact>
            ))}
          </dl>
        </>
      ) : null}
      {requests.length > 0 ? (
        <>
          <h3 className={classes.part}>Change requests</h3>
          <dl className={classes.facts}>
            {requests.toReversed().map((request) => (
              <Fact
                key={request.id}
                name={`${limitText(request.currentValue)} → ${formatCount(request.requestedValue)}`}
              >
                {request.createdAt === null ? '' : `${onDay(request.createdAt, zone)}: `}
                {request.status === 'ChangeImplemented' && request.completedAt !== null
                  ? `carried out ${onDay(request.completedAt, zone)}.`
                  : requestSentence(request)}
              </Fact>
            ))}
          </dl>
        </>
      ) : null}
      <div className={classes.acts}>
        {manual ? <Button onClick={() => onEnd(row)}>Take the typed limit back</Button> : null}
        {metric ? <Button onClick={() => onType(metric.id)}>Type a limit</Button> : null}
        <Button variant="filled" data-autofocus onClick={onGone}>
          Close
        </Button>
      </div>
    </Modal>
  )
}

const onDay = (at: EpochMs, zone: string) =>
  `${formatDate(at, zone)}, ${formatClock(at, zone, 'minutes')}`

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
)

const NONE = ''

/** Which metric is counted against the key. */
function Assignment({ row, metrics, settings, onAssign }: Props) {
  const { key } = row
  const assigned = metrics.find(
    ({ id }) => settings.limitKeys[id] && key && isSameKey(settings.limitKeys[id], key),
  )
  const bySource = row.metric && !assigned ? row.metric : null
  return (
    <NativeSelect
      label="Counted by"
      description={
        bySource
          ? `${bySource.title}, as its source says; another choice comes before that.`
          : 'The metric whose limit this key is: its values then hold for all the time they are known.'
      }
      data={[
        { value: NONE, label: bySource ? bySource.title : 'nothing' },
        ...metrics
          .filter(({ id }) => id !== bySource?.id)
          .map(({ id, title }) => ({ value: id as string, label: title })),
      ]}
      value={assigned?.id ?? NONE}
      onChange={({ currentTarget: { value } }) =>
        onAssign(row, value === NONE ? null : metricId(value))
      }
    />
  )
}
