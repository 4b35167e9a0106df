import type { TextTable } from '#sources/exports/words/textTable.ts'
import { uniqueKeys } from '#ui/table/uniqueKeys.ts'
import classes from './Certificate.module.css'

/** A table of the certificate, with what is said under it. */
export function CertificateTable({ table }: { table: TextTable }) {
  const { title, columns, rows, empty, remarks } = table
  if (rows.length === 0) return <p className={classes.quiet}>{empty}</p>
  const keys = uniqueKeys(rows.map((cells) => cells.join('\n')))
  return (
    <>
      <table className={classes.table}>
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            {columns.map(({ name, isNumber = false }) =>
              name === '' ? (
                <td key={name} />
              ) : (
                <th key={name} scope="col" data-number={isNumber}>
                  {name}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...cells], row) => (
            <tr key={keys[row]}>
              <th scope="row">{name}</th>
              {cells.map((cell, i) => (
                <td key={columns[i + 1]!.name} data-number={columns[i + 1]!.isNumber ?? false}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {remarks.map((remark) => (
        <p key={remark} className={classes.quiet}>
          {remark}
        </p>
      ))}
    </>
  )
}
