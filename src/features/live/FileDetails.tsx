import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import { formatCount } from '#domain/format.ts'
import type { FileCounts } from '#sources/imports/fileImport.ts'
import classes from './FileLine.module.css'

type Props = {
  name: string
  result: Pick<FileCounts, 'summary' | 'rejected'>
  /** What a reader should know, one sentence each. */
  warnings: readonly string[]
}

/** The button behind which a file's warnings and the lines that were left out stand; nothing where there are none. */
export function FileDetails({ name, result, warnings }: Props) {
  const [isOpen, setIsOpen] = useState(false)
  const { summary, rejected } = result
  if (warnings.length === 0 && rejected.length === 0) return null
  return (
    <>
      <Button size="xs" onClick={() => setIsOpen(true)}>
        Details
      </Button>
      <Modal opened={isOpen} onClose={() => setIsOpen(false)} title={name} size="lg">
        <ul className={classes.list}>
          {warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
          {rejected.map(({ line, reason }) => (
            <li key={line}>
              line {formatCount(line)}: {reason}
            </li>
          ))}
        </ul>
        {summary.rejected > rejected.length ? (
          <p>and {formatCount(summary.rejected - rejected.length)} more lines left out.</p>
        ) : null}
      </Modal>
    </>
  )
}
