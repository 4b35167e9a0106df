import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import { formatCount } from '#domain/format.ts'
import type { EpochMs } from '#domain/units.ts'
import type { JtlImport } from '#sources/imports/jtl/readJtl.ts'
import { Banner } from '#ui/notes/Banner.tsx'
import classes from './JtlLine.module.css'
import { jtlWords, spanOf } from './jtlWords.ts'
import type { JtlReading } from './useJtlImport.ts'

type Props = {
  reading: JtlReading
  zone: string
  onClose: () => void
  onShow: (from: EpochMs, to: EpochMs) => void
}

/** A file being read, what it held, or why it was refused. */
export function JtlLine({ reading, zone, onClose, onShow }: Props) {
  if (reading.kind === 'reading') {
    const { name, bytes, totalBytes } = reading
    const percent = totalBytes > 0 ? Math.floor((bytes / totalBytes) * 100) : 0
    return (
      <Banner
        state="loading"
        actions={
          <Button size="xs" onClick={onClose}>
            Cancel
          </Button>
        }
      >
        Reading {name}{' '}
        <progress
          className={classes.progress}
          max={100}
          value={percent}
          aria-label={`Reading ${name}`}
        />{' '}
        {percent} %
      </Banner>
    )
  }
  if (reading.kind === 'failed') {
    return (
      <Banner
        state="critical"
        actions={
          <Button size="xs" onClick={onClose}>
            Close
          </Button>
        }
      >
        {reading.message}
      </Banner>
    )
  }
  return (
    <ReadLine
      name={reading.name}
      result={reading.result}
      zone={zone}
      onClose={onClose}
      onShow={onShow}
    />
  )
}

type ReadProps = Omit<Props, 'reading'> & { name: string; result: JtlImport }

function ReadLine({ name, result, zone, onClose, onShow }: ReadProps) {
  const [isOpen, setIsOpen] = useState(false)
  const { summary, warnings, rejected } = result
  const span = spanOf(result)
  const show = () => span && onShow(span.from, span.to)
  const hasMore = warnings.length > 0 || rejected.length > 0
  return (
    <Banner
      state={summary.rejected > 0 ? 'warn' : 'ok'}
      actions={
        <>
          {hasMore ? (
            <Button size="xs" onClick={() => setIsOpen(true)}>
              Details
            </Button>
          ) : null}
          <Button size="xs" onClick={show} disabled={!span}>
            Show its window
          </Button>
          <Button size="xs" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <b className={classes.name}>{name}</b> {jtlWords(result, zone)}
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
    </Banner>
  )
}
