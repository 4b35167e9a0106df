import { useId, useState } from 'react'
import { historySummary, hourWords, notKeptWords } from '#domain/incident/historyHourWords.ts'
import type { HistoryHours } from '#domain/incident/historyHours.ts'
import type { Span } from '#domain/incident/incident.ts'
import type { EpochMs } from '#domain/units.ts'
import { useElementSize } from '#ui/charts/useElementSize.ts'
import classes from './HistoryStrip.module.css'
import { HoursPicture } from './HoursPicture.tsx'
import { STRIP } from './hoursShape.ts'
import type { useHourChoice } from './useHourChoice.ts'

type Props = {
  /** Null while it is read. */
  history: HistoryHours | null
  window: Span | null
  zone: string
  now: EpochMs
  /** What is chosen of it, and what is said of that. */
  hands: ReturnType<typeof useHourChoice>
  words: string | null
}

/** A narrower empty part says what it is when it is pointed at. */
const LEAST_WORDS_PX = 380
/** A window of minutes is seen among days. */
const LEAST_WINDOW_PX = 5
const READING = 'Reading the history …'

/** The bars, what is reviewed of them, and what is being chosen; hands and keys choose. */
export function HistoryPlot({ history, window, zone, now, hands, words }: Props) {
  const [host, setHost] = useState<HTMLDivElement | null>(null)
  const width = useElementSize(host)?.width ?? 0
  const help = useId()
  const { at, choice } = hands
  const hours = history?.hours ?? []
  const hour = hours[at]
  const edge = (place: number) => Math.round((place * width) / hours.length)
  return (
    <div
      ref={setHost}
      className={classes.plot}
      role="slider"
      tabIndex={0}
      aria-label={`History by the hour${history?.metric ? `, ${history.metric.title}` : ''}`}
      aria-busy={history === null}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, hours.length - 1)}
      aria-valuenow={hour ? at : 0}
      aria-valuetext={words ?? (hour ? hourWords(hour, zone, now) : READING)}
      aria-describedby={help}
      {...hands.handlers}
    >
      <p id={help} className="visually-hidden">
        {history ? `${historySummary(history, zone, now)} ` : ''}
        Arrow keys choose an hour or a day, with Shift a stretch; Enter shows it; Page Up and Page
        Down go 14 days back and on; Esc leaves.
      </p>
      {history ? (
        <Picture history={history} window={window} zone={zone} now={now} width={width} />
      ) : (
        <p className={classes.reading}>{READING}</p>
      )}
      {choice ? (
        <Mark
          of="chosen"
          left={edge(Math.min(choice.anchor, choice.end))}
          right={edge(Math.max(choice.anchor, choice.end) + 1)}
          most={width}
        />
      ) : null}
    </div>
  )
}

type PictureProps = Pick<Props, 'window' | 'zone' | 'now'> & {
  history: HistoryHours
  width: number
}

/** What stays as it is while something is chosen of it. */
function Picture({ history, window, zone, now, width }: PictureProps) {
  const { from, to, keptFrom } = history
  const x = (at: number) => Math.min(width, Math.max(0, ((at - from) / (to - from)) * width))
  const notKept = notKeptWords(history, zone, now)
  const notKeptTo = keptFrom === null ? width : x(keptFrom)
  const reviewed = window && window.to > from && window.from < to ? window : null
  return (
    <>
      {width > 0 ? <HoursPicture history={history} width={width} zone={zone} /> : null}
      {notKept ? (
        notKeptTo >= LEAST_WORDS_PX ? (
          <p className={classes.notKept} style={{ width: notKeptTo }}>
            <span>{notKept}</span>
          </p>
        ) : (
          <p className="visually-hidden">{notKept}</p>
        )
      ) : null}
      {reviewed ? (
        <Mark of="reviewed" left={x(reviewed.from)} right={x(reviewed.to)} most={width} />
      ) : null}
    </>
  )
}

type MarkProps = { of: 'reviewed' | 'chosen'; left: number; right: number; most: number }

function Mark({ of, left, right, most }: MarkProps) {
  const width = Math.max(LEAST_WINDOW_PX, right - left)
  // At the right end it grows to the left.
  const start = Math.min(left, most - width)
  return (
    <div
      className={classes.mark}
      data-of={of}
      style={{ left: start, width, height: STRIP.floor + 2 }}
    />
  )
}
