import { Button, Modal, Select } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { ReviewDesk } from '#monitor/review/reviewDesk.ts'
import { HEAD_BYTES } from '#sources/imports/byteSource.ts'
import {
  type TableChoice,
  type TableLayout,
  tableLayout,
} from '#sources/imports/csv/tableChoice.ts'
import classes from './ColumnsDialog.module.css'

type Props = {
  desk: Pick<ReviewDesk, 'chosenFile' | 'readAgain'>
  id: string
  /** What was chosen before; null: what is read of itself. */
  chosen: TableChoice | null
  onClose: () => void
}

/** Which columns of a table are read: its times, its values, and the limit if one of them is it. */
export function ColumnsDialog({ desk, id, chosen, onClose }: Props) {
  const file = desk.chosenFile(id)
  const [layout, setLayout] = useState<TableLayout | null>(null)
  const [picked, setPicked] = useState<TableChoice | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    let isGone = false
    file
      ?.slice(0, HEAD_BYTES)
      .text()
      .then(
        (head) => {
          if (isGone) return
          const found = tableLayout(head)
          setLayout(found)
          if (!found) setProblem('Its first lines are no table with a column of times.')
        },
        () => {
          if (!isGone)
            setProblem('It cannot be read any more: it has changed, or is gone. Open it again.')
        },
      )
    return () => {
      isGone = true
    }
  }, [file])
  const choice = layout && (picked ?? chosen ?? layout.choice)
  return (
    <Modal opened onClose={onClose} title={`Columns of ${file?.name ?? 'this table'}`} size="md">
      {layout && choice ? (
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault()
            desk.readAgain(id, { columns: choice })
            onClose()
          }}
        >
          <Select
            label="Times"
            description="ISO, epoch seconds or milliseconds"
            data={layout.times.map((column) => option(layout, column))}
            value={String(choice.time)}
            allowDeselect={false}
            onChange={(value) => setPicked({ ...choice, time: Number(value) })}
          />
          <fieldset className={classes.values}>
            <legend>Values</legend>
            {layout.numbers.map((column) => (
              <label key={column}>
                <input
                  type="checkbox"
                  checked={choice.values.includes(column)}
                  onChange={({ currentTarget }) =>
                    setPicked(withValue(choice, column, currentTarget.checked))
                  }
                />
                {nameOf(layout, column)}
              </label>
            ))}
          </fieldset>
          <Select
            label="Limit"
            placeholder="none of them"
            clearable
            data={layout.numbers.map((column) => option(layout, column))}
            value={choice.limit === null ? null : String(choice.limit)}
            onChange={(value) =>
              setPicked({ ...choice, limit: value === null ? null : Number(value) })
            }
          />
          <Button type="submit" variant="filled" disabled={choice.values.length === 0}>
            Read again
          </Button>
        </form>
      ) : (
        <p>
          {problem ??
            (file
              ? 'Reading its first lines …'
              : 'The file is not at hand after a reload: open it again to choose its columns.')}
        </p>
      )}
    </Modal>
  )
}

const nameOf = ({ header }: TableLayout, column: number) =>
  header?.[column] || `Column ${column + 1}`

const option = (layout: TableLayout, column: number) => ({
  value: String(column),
  label: nameOf(layout, column),
})

const withValue = (choice: TableChoice, column: number, isIn: boolean): TableChoice => ({
  ...choice,
  values: isIn
    ? [...choice.values, column].toSorted((a, b) => a - b)
    : choice.values.filter((one) => one !== column),
})
