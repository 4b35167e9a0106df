import { Button } from '@mantine/core'
import { useState } from 'react'
import { formatDate, formatDuration, formatPercent } from '#domain/format.ts'
import type { Span } from '#domain/incident/incident.ts'
import { durationMs, elapsed, type EpochMs, HOUR_MS } from '#domain/units.ts'
import { REVIEW_FILES } from '#sources/imports/tail/fileAccess.ts'
import { CopyButton } from '#ui/controls/CopyButton.tsx'
import { FilePick } from '#ui/controls/FilePick.tsx'
import { RangePopover } from '#ui/controls/RangePopover.tsx'
import classes from './FileBar.module.css'

type Props = {
  title: string
  /** Written while nobody has named it. */
  ownTitle: string
  window: Span | null
  zone: string
  /** Share of the window that was observed, 0–1; null while it is not known. */
  coverage: number | null
  /** `raw, every 10 s`, `lowest and highest of each minute`; null where there is no history. */
  tier: string | null
  /** Whether the last while of a history can be chosen. */
  hasHistory: boolean
  /** A part that the charts are zoomed to. */
  zoomed: Span | null
  onTitle: (title: string) => void
  onWindow: (window: Span) => void
  onLast: (lengthMs: number) => void
  onFiles: (files: readonly File[]) => void
  onClear: () => void
}

const LENGTHS = [1, 3, 12, 24].map((hours) => ({
  label: `${hours} h`,
  lengthMs: durationMs(hours * HOUR_MS),
}))

/** What is reviewed: its name, its window, and the way to more files. */
export function FileBar(props: Props) {
  const { title, ownTitle, window, zone, zoomed } = props
  return (
    <div className={classes.bar} role="toolbar" aria-label="Review">
      <TitleField key={title} title={title} ownTitle={ownTitle} onTitle={props.onTitle} />
      {window ? <span className={classes.date}>{formatDate(window.from, zone)}</span> : null}
      {window ? (
        <RangePopover
          from={window.from}
          to={window.to}
          zone={zone}
          lengths={props.hasHistory ? LENGTHS : []}
          onRange={(from: EpochMs, to: EpochMs) => props.onWindow({ from, to })}
          onLength={props.onLast}
        />
      ) : null}
      {zoomed ? (
        <Button onClick={() => props.onWindow(zoomed)}>Use what is shown</Button>
      ) : (
        <span className={classes.about}>{aboutWords(props)}</span>
      )}
      <span className={classes.space} />
      {window ? (
        <>
          <span className={classes.hint}>
            Drop a JTL, HAR, k6, Artillery, CSV or bundle anywhere
          </span>
          <OpenFile onFiles={props.onFiles} />
          <CopyButton label="Copy link" what="the link" text={() => location.href} />
          <Button variant="subtle" onClick={props.onClear}>
            Clear
          </Button>
        </>
      ) : null}
    </div>
  )
}

/** `1 h 45 min, raw, every 10 s, 100 % covered` */
function aboutWords({ window, tier, coverage }: Props): string {
  if (!window) return ''
  return [
    formatDuration(elapsed(window.from, window.to)),
    tier,
    coverage === null ? null : `${formatPercent(coverage)} covered`,
  ]
    .filter((part) => part !== null)
    .join(', ')
}

type TitleProps = Pick<Props, 'title' | 'ownTitle' | 'onTitle'>

function TitleField({ title, ownTitle, onTitle }: TitleProps) {
  const [text, setText] = useState(title)
  return (
    <input
      className={classes.title}
      aria-label="Name of this review"
      placeholder={ownTitle || 'Review'}
      value={text}
      size={Math.min(36, Math.max(8, (text || ownTitle).length))}
      maxLength={120}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => text !== title && onTitle(text.trim())}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur()
      }}
    />
  )
}

/** The way to more files. */
export const OpenFile = ({
  onFiles,
  isPrimary = false,
}: Pick<Props, 'onFiles'> & { isPrimary?: boolean }) => (
  <FilePick label="Files to review" accept={REVIEW_FILES} onFiles={onFiles}>
    {(open) => (
      <Button variant={isPrimary ? 'filled' : 'default'} onClick={open}>
        Open file
      </Button>
    )}
  </FilePick>
)
