import { Button } from '@mantine/core'
import { useState } from 'react'
import type { DraftFile } from '#domain/incident/draft.ts'
import type { SourceClock } from '#domain/incident/incident.ts'
import { durationMs, SECOND_MS } from '#domain/units.ts'
import type { ClockView } from '#monitor/review/reviewState.ts'
import { ClockCurve } from './ClockCurve.tsx'
import classes from './ClockPanel.module.css'
import { clockSentence, proposalOf, secondsText } from './clockWords.ts'

type Props = {
  files: readonly DraftFile[]
  clocks: ReadonlyMap<string, ClockView>
  onMove: (id: string, clock: SourceClock) => void
}

const STEP_S = 0.5

/** Whose clock is off and by how much: the track of the slider is how well each offset fits. */
export function ClockPanel({ files, clocks, onMove }: Props) {
  const [chosen, setChosen] = useState<string | null>(null)
  const file = files.find(({ source }) => source.id === chosen) ?? files[0]
  if (!file) return null
  const { id, name, clock } = file.source
  const view = clocks.get(id) ?? null
  const proposal = proposalOf(view)
  const seconds = clock.movedMs / SECOND_MS
  const moveTo = (to: number) => {
    if (!Number.isFinite(to)) return
    onMove(id, {
      movedMs: durationMs(Math.round(to * SECOND_MS)),
      plusMinusMs: null,
      how: 'byHand',
      drift: clock.drift,
    })
  }
  return (
    <section className={classes.clock} aria-labelledby="clock-heading">
      <header className={classes.head}>
        <h2 id="clock-heading">Clock of {files.length > 1 ? '' : name}</h2>
        {files.length > 1 ? (
          <select
            className={classes.choice}
            aria-label="File whose clock is shown"
            value={id}
            onChange={(event) => setChosen(event.currentTarget.value)}
          >
            {files.map(({ source }) => (
              <option key={source.id} value={source.id}>
                {source.name}
              </option>
            ))}
          </select>
        ) : null}
        <span className={classes.space} />
        {proposal && !isSameMove(proposal, clock) ? (
          <Button variant="filled" onClick={() => onMove(id, proposal)}>
            Move by {secondsText(proposal.movedMs)}
          </Button>
        ) : null}
        {clock.how === 'asItIs' ? null : (
          <Button
            onClick={() =>
              onMove(id, { movedMs: durationMs(0), plusMinusMs: null, how: 'asItIs', drift: null })
            }
          >
            As it is
          </Button>
        )}
        <Button aria-label="Half a second earlier" onClick={() => moveTo(seconds - STEP_S)}>
          −
        </Button>
        <SecondsField key={`${id} ${seconds}`} seconds={seconds} onSeconds={moveTo} />
        <Button aria-label="Half a second later" onClick={() => moveTo(seconds + STEP_S)}>
          +
        </Button>
      </header>
      <p className={classes.says} role="status">
        {clockSentence(clock, view)}
      </p>
      <ClockCurve
        name={name}
        curve={view?.curve ?? null}
        found={view?.found ?? null}
        seconds={seconds}
        stepSeconds={STEP_S}
        onSeconds={moveTo}
      />
    </section>
  )
}

const isSameMove = (a: SourceClock, b: SourceClock) =>
  a.movedMs === b.movedMs && a.drift?.ppm === b.drift?.ppm

/** The offset in seconds, typed. */
function SecondsField({
  seconds,
  onSeconds,
}: {
  seconds: number
  onSeconds: (to: number) => void
}) {
  const [text, setText] = useState(() => shownSeconds(seconds))
  return (
    <label className={classes.field}>
      <input
        aria-label="Offset in seconds"
        inputMode="decimal"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={() => commit(text, seconds, onSeconds)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit(text, seconds, onSeconds)
        }}
      />
      s
    </label>
  )
}

/** A hand on the slider is no finer than a tenth of a second. */
const shownSeconds = (seconds: number) => seconds.toFixed(1).replace('-', '\u2212')

function commit(text: string, seconds: number, onSeconds: (to: number) => void) {
  if (text.trim() === '' || text === shownSeconds(seconds)) return
  onSeconds(Number(text.replace('\u2212', '-').replace(',', '.')))
}
