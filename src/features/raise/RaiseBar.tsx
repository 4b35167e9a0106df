import { Button, NativeSelect } from '@mantine/core'
import { levelText } from '#domain/evidence/verdict/verdictText.ts'
import { formatClock, formatDate } from '#domain/format.ts'
import type { Span } from '#domain/incident/incident.ts'
import type { ComparableChange } from '#domain/limits/comparableChange.ts'
import { HOW_WORDS } from '#domain/limits/comparableWords.ts'
import type { ComparableChoice } from '#domain/limits/comparableWindows.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import {
  certificateMarkdown,
  type WrittenCertificate,
} from '#sources/exports/certificateMarkdown.ts'
import type { RaiseView } from '#state/link/raiseLink.ts'
import { CopyButton } from '#ui/controls/CopyButton.tsx'
import { RangePopover } from '#ui/controls/RangePopover.tsx'
import classes from './RaiseScreen.module.css'

type Props = {
  changes: readonly ComparableChange[]
  metrics: readonly Metric[]
  /** The one on the screen; null while it is read. */
  change: ComparableChange | null
  shown: { choice: ComparableChoice; others: readonly ComparableChoice[] } | null
  written: WrittenCertificate | null
  zone: string
  onChange: (change: ComparableChange) => void
  /** Null: the proposed ones again. */
  onWindows: (windows: RaiseView['windows']) => void
}

/** Which change is judged, in which windows, and what to do with the result. */
export function RaiseBar(props: Props) {
  const { changes, metrics, change, shown, written, zone, onChange, onWindows } = props
  return (
    <div className={classes.bar}>
      <NativeSelect
        label="Change"
        className={classes.change}
        value={change?.id ?? ''}
        onChange={(event) => {
          const chosen = changes.find(({ id }) => id === event.currentTarget.value)
          if (chosen) onChange(chosen)
        }}
        data={[
          ...(change ? [] : [{ value: '', label: 'Choose a change', disabled: true }]),
          ...changes.map((one) => ({ value: one.id, label: changeText(one, metrics, zone) })),
        ]}
      />
      {shown ? <Windows {...shown} zone={zone} onWindows={onWindows} /> : null}
      {written ? (
        <div className={classes.actions}>
          <CopyButton
            label="Copy as Markdown"
            what="the certificate as Markdown"
            text={() => certificateMarkdown(written)}
          />
          <Button onClick={() => window.print()}>Print</Button>
        </div>
      ) : null}
    </div>
  )
}

type WindowsProps = NonNullable<Props['shown']> & Pick<Props, 'zone' | 'onWindows'>

function Windows({ choice, others, zone, onWindows }: WindowsProps) {
  const { before, after } = choice
  const picker = (name: 'before' | 'after', label: string) => (
    <RangePopover
      {...choice[name]}
      zone={zone}
      name={label}
      lengths={[]}
      onLength={() => undefined}
      onRange={(from, to) => onWindows({ before, after, [name]: { from, to } })}
    />
  )
  /** The button says the days only where there are several. */
  const dayOf = ({ from, to }: Span) =>
    formatDate(from, zone) === formatDate(to, zone)
      ? `, ${formatDate(from, zone).split(' ').slice(0, 3).join(' ')}`
      : ''
  return (
    <div className={classes.windows} role="group" aria-label="Windows">
      <span>Before{dayOf(before)}</span> {picker('before', 'Window before')}
      <span>After{dayOf(after)}</span> {picker('after', 'Window after')}
      {choice.how === 'by-hand' ? (
        <Button size="xs" onClick={() => onWindows(null)}>
          Back to the proposal
        </Button>
      ) : null}
      {others.map((other) => (
        <Button
          key={other.how}
          size="xs"
          variant="subtle"
          onClick={() => onWindows({ before: other.before, after: other.after })}
        >
          {HOW_WORDS[other.how]}
        </Button>
      ))}
    </div>
  )
}

/** `WebSocket connections, 720 → 1 000, Thu 17 Sep 2026 13:12`. */
function changeText(change: ComparableChange, metrics: readonly Metric[], zone: string): string {
  const { metric, from, to, latest } = change
  const title = metrics.find(({ id }) => id === metric)?.title ?? metric
  return `${title}, ${levelText(from)} → ${levelText(to)}, ${formatDate(latest, zone)} ${formatClock(latest, zone, 'minutes')}`
}
