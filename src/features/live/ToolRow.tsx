import { Button } from '@mantine/core'
import { useRef } from 'react'
import { durationMs, type DurationMs, type EpochMs, HOUR_MS, MINUTE_MS } from '#domain/units.ts'
import {
  chooseFile,
  type OpenedFile,
  RESULT_FILES,
  whyNotFollowed,
} from '#sources/imports/tail/fileAccess.ts'
import { Kbd } from '#ui/controls/Kbd.tsx'
import { SegmentedChoice } from '#ui/controls/SegmentedChoice.tsx'
import { RangePopover } from '#ui/controls/RangePopover.tsx'
import classes from './ToolRow.module.css'

/** The windows that keys 1 to 6 choose. */
export const WINDOW_LENGTHS: readonly { label: string; lengthMs: DurationMs }[] = [
  { label: '5 m', lengthMs: durationMs(5 * MINUTE_MS) },
  { label: '15 m', lengthMs: durationMs(15 * MINUTE_MS) },
  { label: '1 h', lengthMs: HOUR_MS },
  { label: '3 h', lengthMs: durationMs(3 * HOUR_MS) },
  { label: '12 h', lengthMs: durationMs(12 * HOUR_MS) },
  { label: '24 h', lengthMs: durationMs(24 * HOUR_MS) },
]

type Props = {
  window: { from: EpochMs; to: EpochMs }
  zone: string
  /** Length of a window that moves with the clock; null where it is fixed. */
  rollingMs: DurationMs | null
  isPaused: boolean
  /** What a point of the charts is: `Raw samples, every 10 s`, `Lowest and highest of each minute`. */
  resolution: string
  /** The run in words, or null where none is known. */
  run: string | null
  /** What M marks: `Mark run`, `Mark iteration`. */
  markLabel: string
  /** Offered while a run is on. */
  onEndRun: (() => void) | null
  onLength: (lengthMs: DurationMs) => void
  onRange: (from: EpochMs, to: EpochMs) => void
  onMark: () => void
  onPause: () => void
  onLive: () => void
  onFile: (opened: OpenedFile) => void
  onTable: () => void
  onHelp: () => void
}

/** What is on the screen, and everything that changes it. */
export function ToolRow(props: Props) {
  const { window, zone, rollingMs, isPaused, resolution, run } = props
  const isLive = rollingMs !== null && !isPaused
  const chosen = WINDOW_LENGTHS.find(({ lengthMs }) => lengthMs === rollingMs)
  return (
    <div className={classes.tools} role="toolbar" aria-label="Window and run">
      <SegmentedChoice
        label="Window"
        options={WINDOW_LENGTHS.map(({ label }) => ({ value: label, label }))}
        value={chosen?.label ?? null}
        onChange={(label) =>
          props.onLength(WINDOW_LENGTHS.find((option) => option.label === label)!.lengthMs)
        }
      />
      <RangePopover
        from={window.from}
        to={window.to}
        zone={zone}
        onRange={props.onRange}
        onLength={props.onLength}
      />
      <span className={classes.resolution}>{resolution}</span>
      <span className={classes.space} />
      {run ? (
        <span className={classes.run} title={run}>
          {run}
        </span>
      ) : null}
      <span className={classes.spare}>
        <AddFile onFile={props.onFile} />
        <Button onClick={props.onTable}>Table</Button>
      </span>
      {props.onEndRun ? <Button onClick={props.onEndRun}>End run</Button> : null}
      <Button onClick={props.onMark} rightSection={<Kbd>M</Kbd>}>
        {props.markLabel}
      </Button>
      <Button
        onClick={props.onPause}
        aria-pressed={isPaused}
        // A fixed window stands anyway.
        disabled={rollingMs === null}
        leftSection={isPaused ? <PlayGlyph /> : <PauseGlyph />}
        rightSection={<Kbd>Space</Kbd>}
      >
        {isPaused ? 'Resume' : 'Pause'}
      </Button>
      <Button
        onClick={props.onLive}
        aria-pressed={isLive}
        leftSection={<LiveGlyph isLive={isLive} />}
      >
        {isLive ? 'Live' : 'Back to live'}
      </Button>
      <Button onClick={props.onHelp} aria-label="Keys">
        ?
      </Button>
    </div>
  )
}

/** The way to a file for those who do not drag. */
function AddFile({ onFile }: Pick<Props, 'onFile'>) {
  const input = useRef<HTMLInputElement>(null)
  async function choose() {
    // Only the browser's own chooser gives a file that can be followed.
    if (whyNotFollowed()) return input.current?.click()
    const handle = await chooseFile()
    if (handle) onFile({ file: null, handle })
  }
  return (
    <>
      <Button onClick={() => void choose()}>Add a file</Button>
      <input
        ref={input}
        type="file"
        accept={RESULT_FILES.join(',')}
        aria-label="JMeter result file"
        className="visually-hidden"
        tabIndex={-1}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          // Emptied, so that choosing the same file again is a change again.
          event.currentTarget.value = ''
          if (file) onFile({ file, handle: null })
        }}
      />
    </>
  )
}

const PauseGlyph = () => (
  <svg width="8" height="10" aria-hidden="true">
    <path d="M1.5 0V10M6.5 0V10" stroke="var(--ink)" strokeWidth="2" />
  </svg>
)

const PlayGlyph = () => (
  <svg width="8" height="10" aria-hidden="true">
    <path d="M0 0 8 5 0 10Z" fill="var(--ink)" />
  </svg>
)

const LiveGlyph = ({ isLive }: { isLive: boolean }) => (
  <svg width="8" height="8" aria-hidden="true">
    {isLive ? (
      <circle cx="4" cy="4" r="4" fill="var(--water)" />
    ) : (
      <circle cx="4" cy="4" r="3.3" fill="none" stroke="var(--ink2)" strokeWidth="1.4" />
    )}
  </svg>
)
