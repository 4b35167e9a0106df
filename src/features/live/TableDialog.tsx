import { Modal } from '@mantine/core'
import { ERROR_CLASSES } from '#domain/errors/errorEvent.ts'
import { formatClock, formatCount, formatDate, formatDuration, formatZone } from '#domain/format.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import type { EpochMs } from '#domain/units.ts'
import { valueWords } from '#ui/tile/tileReading.ts'
import classes from './TableDialog.module.css'
import { dayAndClock } from '#domain/timeline/dayAndClock.ts'
import type { TableValue, WindowTable } from './windowTable.ts'

type Props = {
  isOpen: boolean
  onClose: () => void
  /** Made when it is opened. */
  table: () => WindowTable
  metrics: readonly Metric[]
  from: EpochMs
  to: EpochMs
  zone: string
}

/** What the charts show, as numbers: for those who do not see them, and for copying. */
export function TableDialog({ isOpen, onClose, table, ...rest }: Props) {
  const { from, to, zone } = rest
  const title = `${titleWords(from, to, zone)} ${formatZone(to, zone)}`
  return (
    <Modal opened={isOpen} onClose={onClose} title={title} size="90%">
      {isOpen ? <Numbers table={table()} {...rest} /> : null}
    </Modal>
  )
}

function titleWords(from: EpochMs, to: EpochMs, zone: string): string {
  const [first, last] = [formatDate(from, zone), formatDate(to, zone)]
  const end = first === last ? formatClock(to, zone) : `${last}, ${formatClock(to, zone)}`
  return `${first}, ${formatClock(from, zone)} to ${end}`
}

type NumbersProps = Omit<Props, 'isOpen' | 'onClose' | 'table'> & { table: WindowTable }

function Numbers({ table, metrics, from, to, zone }: NumbersProps) {
  const isOneDay = formatDate(from, zone) === formatDate(to, zone)
  const timeOf = (at: EpochMs) =>
    isOneDay ? formatClock(at, zone) : dayAndClock(at, zone, at === from ? to : from)
  const hasOther = table.rows.some(({ errors }) => errors.other > 0)
  const shown = ERROR_CLASSES.filter((name) => name !== 'other' || hasOther)
  return (
    <table className={classes.table}>
      <caption className={classes.caption}>
        {table.isStepped
          ? `Lowest and highest value in each ${formatDuration(table.stepMs)}, and the mean of what is kept in summaries`
          : `Highest value in each ${formatDuration(table.stepMs)}`}
        , the limit in force, and failures by class. “–”: nothing was measured.
      </caption>
      <thead>
        <tr>
          <th scope="col">Time</th>
          {metrics.map((metric) => (
            <th key={metric.id} scope="col" data-number="true">
              {metric.title}
            </th>
          ))}
          {shown.map((name) => (
            <th key={name} scope="col" data-number="true">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row) => (
          <tr key={row.from}>
            <th scope="row">{timeOf(row.from)}</th>
            {metrics.map((metric, i) => (
              <td key={metric.id} data-number="true">
                {levelWords(metric, row.values[i] ?? null, row.limits[i] ?? null, table.isStepped)}
              </td>
            ))}
            {shown.map((name) => (
              <td key={name} data-number="true">
                {formatCount(row.errors[name])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function levelWords(
  metric: Metric,
  value: TableValue | null,
  limit: number | null,
  isStepped: boolean,
): string {
  if (value === null) return '–'
  const { lowest, highest, mean } = value
  const high = valueWords(highest, metric)
  const range = isStepped && lowest < highest ? `${valueWords(lowest, metric)} to ${high}` : high
  const middle = isStepped && mean !== null ? `, mean ${valueWords(mean, metric)}` : ''
  return `${range}${limit === null ? '' : ` / ${formatCount(limit)}`}${middle}`
}
