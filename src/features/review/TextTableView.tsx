import type { TextTable } from '#sources/exports/words/textTable.ts'
import { LinkButton } from '#ui/controls/LinkButton.tsx'
import { uniqueKeys } from '#ui/table/uniqueKeys.ts'
import classes from './TextTableView.module.css'

type Props = {
  table: TextTable
  /** Rows lead to an instant: pressed by their first cell. */
  onRow?: (row: number) => void
}

/** A table of the report on the screen. */
export function TextTableView({ table, onRow }: Props) {
  const { title, columns, rows, empty, remarks } = table
  const keys = uniqueKeys(rows.map((cells) => cells.join('\n')))
  return (
    <>
      {rows.length === 0 ? (
        <p className={classes.remark}>{empty}</p>
      ) : (
        <div className={classes.wide}>
          <table className={classes.table}>
            <caption className="visually-hidden">{title}</caption>
            <thead>
              <tr>
                {columns.map(({ name, isNumber = false }) => (
                  <th key={name} scope="col" data-number={isNumber}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((cells, row) => (
                <tr key={keys[row]}>
                  {cells.map((cell, i) => (
                    <td key={columns[i]!.name} data-number={columns[i]!.isNumber ?? false}>
                      {i === 0 && onRow ? (
                        <LinkButton onClick={() => onRow(row)}>{cell}</LinkButton>
                      ) : (
                        cell
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {remarks.map((remark) => (
        <p key={remark} className={classes.remark}>
          {remark}
        </p>
      ))}
    </>
  )
}
