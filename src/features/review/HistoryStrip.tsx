import { Button } from '@mantine/core'
import { useEffect, useSyncExternalStore } from 'react'
import { historySummary, hourWords } from '#domain/incident/historyHourWords.ts'
import { hoursTogether } from '#domain/incident/historyHours.ts'
import { stepAt } from '#domain/incident/historySpan.ts'
import type { Span } from '#domain/incident/incident.ts'
import { windowOfHours } from '#domain/incident/windowOfHours.ts'
import { DAY_MS, type EpochMs } from '#domain/units.ts'
import type { HistoryStrip as Strip } from '#monitor/review/historyStrip.ts'
import { showHistory, useHistoryShown } from '#state/preferences.ts'
import { afterPageFrame } from '#ui/charts/turns.ts'
import { Note } from '#ui/notes/Note.tsx'
import { HistoryHead } from './HistoryHead.tsx'
import { HistoryPlot } from './HistoryPlot.tsx'
import classes from './HistoryStrip.module.css'
import { useHourChoice } from './useHourChoice.ts'

type Props = {
  strip: Strip
  /** What is reviewed. */
  window: Span | null
  zone: string
  now: () => EpochMs
  /** Whether what is reviewed stands on the screen: nothing is read before. */
  isReady: boolean
  onWindow: (window: Span) => void
}

/** The days of an organisation's history, to see when it was full and to choose what is reviewed. */
export function HistoryStrip(props: Props) {
  const isShown = useHistoryShown()
  return (
    <section className={classes.strip} aria-label="History">
      {isShown ? (
        <OpenStrip {...props} />
      ) : (
        <Button
          size="xs"
          variant="subtle"
          className={classes.show!}
          onClick={() => showHistory(true)}
        >
          Show history
        </Button>
      )}
    </section>
  )
}

function OpenStrip({ strip, window, zone, now, isReady, onWindow }: Props) {
  const state = useSyncExternalStore(strip.subscribe, strip.state)
  const { page, span, view } = state
  const from = window?.from ?? null
  useEffect(() => {
    if (from !== null) strip.reveal(from)
  }, [strip, from])
  useEffect(() => {
    if (!isReady) return
    let leave: (() => void) | null = null
    const cancel = afterPageFrame(() => {
      leave = strip.attend()
    })
    return () => {
      cancel()
      leave?.()
    }
  }, [strip, isReady])
  const history = view.kind === 'ready' ? view.history : null
  const hours = history?.hours ?? []
  const reviewed = window ? stepAt(span, window.from) : -1
  const isEarlier = page > 0
  const onPage = (by: 1 | -1) => {
    if (by === 1 ? state.hasEarlier : isEarlier) strip.show(page + by)
  }
  const hands = useHourChoice({
    count: hours.length,
    perDay: DAY_MS / span.stepMs,
    start: reviewed >= 0 && reviewed < hours.length ? reviewed : hours.length - 1,
    onPage,
    onShow: (first, last) => {
      const chosen = windowOfHours(hours.slice(first, last + 1), now())
      if (chosen) onWindow(chosen)
    },
  })
  const wordsOf = (first: number, last: number) =>
    hourWords(hoursTogether(hours.slice(first, last + 1)), zone, now())
  const { choice } = hands
  const chosenWords =
    choice && wordsOf(Math.min(choice.anchor, choice.end), Math.max(choice.anchor, choice.end))
  return (
    <>
      <HistoryHead state={state} zone={zone} onPage={onPage}>
        {chosenWords ?? (history ? historySummary(history, zone, now()) : null)}
      </HistoryHead>
      <div className={classes.body}>
        {view.kind === 'failed' ? (
          <Note
            title="The history cannot be read"
            action={{ label: 'Try again', onAction: strip.readAgain }}
          >
            Reason: {view.message}.
          </Note>
        ) : (
          <HistoryPlot
            history={history}
            window={window}
            zone={zone}
            now={now()}
            hands={hands}
            words={chosenWords}
          />
        )}
      </div>
    </>
  )
}
