import { comparedWords } from '#domain/limits/audit/comparedWords.ts'
import type { ComparedValue } from '#domain/limits/audit/comparedValue.ts'
import type { Drift, DriftRow } from '#domain/limits/audit/fleetDrift.ts'
import { uniqueKeys } from '#ui/table/uniqueKeys.ts'
import { DottedName } from '../DottedName.tsx'
import classes from './audit.module.css'

type Props = {
  caption: string
  audits: Drift['audits']
  rows: readonly DriftRow[]
  /** Whether a key's namespace stands under it. */
  isFull: boolean
}

/** What differs, a column for each audit. */
export function DriftTable({ caption, audits, rows, isFull }: Props) {
  const columns = uniqueKeys(
    audits.map(({ organisation, takenAt }) => `${organisation} ${takenAt}`),
  )
  return (
    <div className={classes.wide}>
      <table className={classes.drift}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Limit</th>
            {audits.map(({ name }, i) => (
              <th key={columns[i]} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, namespace, name, values }) => (
            <tr key={id}>
              <th scope="row">
                <DottedName name={name} />
                {isFull && namespace !== null ? (
                  <span className={classes.namespace}>
                    <DottedName name={namespace} />
                  </span>
                ) : null}
              </th>
              {values.map((value, i) => (
                <td key={columns[i]} data-known={value.kind === 'value'}>
                  <Cell value={value} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const Cell = ({ value }: { value: ComparedValue }) => (
  <span title={value.kind === 'unread' ? value.reason : undefined}>
    {comparedWords(value)}
    {value.kind === 'unread' ? <span className="visually-hidden">: {value.reason}</span> : null}
  </span>
)
