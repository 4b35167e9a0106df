import { Modal } from '@mantine/core'
import { ERROR_CLASSES } from '#domain/errors/errorEvent.ts'
import { formatClock, formatCount, formatDate, formatDuration, formatZone } from '#domain/format.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import type { EpochMs } from '#domain/units.ts'
import { valueWords } from '#ui/tile/tileReading.ts'
import classes from './TableDialog.module.css'
import type { WindowTable } from './windowTable.ts'

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
  const title = `${formatDate(from, zone)}, ${formatClock(from, zone)} to ${formatClock(to, zone)} ${formatZone(to, zone)}`
  return (
    <Modal opened={isOpen} onClose={onClose} title={title} size="90%">
      {isOpen ? <Numbers table={table()} {...rest} /> : null}
    </Modal>
  )
}

type NumbersProps = Pick<Props, 'metrics' | 'zone'> & { table: WindowTable }

function Numbers({ table, metrics, zone }: NumbersProps) {
  const hasOther = table.rows.some(({ errors }) => errors.other > 0)
  const shown = ERROR_CLASSES.filter((name) => name !== 'other' || hasOther)
  return (
    <table className={classes.table}>
      <caption className={classes.caption}>
        Highest value in each {formatDuration(table.stepMs)}, the limit in force, and failures by
        class. “–”: nothing was measured.
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
            <th scope="row">{formatClock(row.from, zone)}</th>
            {metrics.map((metric, i) => (
              <td key={metric.id} data-number="true">
                {levelWords(metric, row.values[i] ?? null, row.limits[i] ?? null)}
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

function levelWords(metric: Metric, value: number | null, limit: number | null): string {
  if (value === null) return '–'
  return `${valueWords(value, metric)}${limit === null ? '' : ` / ${formatCount(limit)}`}`
}
