import { Button, NativeSelect } from '@mantine/core'
import { useSyncExternalStore } from 'react'
import { formatPercent } from '#domain/format.ts'
import { type DurationMs, durationMs } from '#domain/units.ts'
import type { BacktestDesk, BacktestState } from '#monitor/backtest/backtestDesk.ts'
import { useZone } from '#state/preferences.ts'
import { Note } from '#ui/notes/Note.tsx'
import classes from './AlertSettings.module.css'
import { Firings } from './Firings.tsx'
import {
  caveats,
  lengthWords,
  messagesSentence,
  ruleSentence,
  type WindowLinks,
} from './triedWords.ts'

type Props = {
  desk: BacktestDesk | null
  organisation: string
  links: WindowLinks
  lengths: readonly DurationMs[]
  lengthMs: DurationMs
  onLength: (lengthMs: DurationMs) => void
  /** Null while nothing can be tried. */
  onTryAll: (() => void) | null
}

/** What rules would have done, tried on what was recorded by the engine that runs live. */
export function Tried({ desk, lengths, lengthMs, onLength, onTryAll, ...shown }: Props) {
  return (
    <div className={classes.tried}>
      <h3 className={classes.title}>Tried on what was recorded</h3>
      {desk === null ? (
        <p>
          While this organisation is watched, its rules can be tried on what was recorded of it.
        </p>
      ) : (
        <>
          <div className={classes.acts}>
            <NativeSelect
              aria-label="How far back"
              value={String(lengthMs)}
              data={lengths.map((one) => ({
                value: String(one),
                label: `Last ${lengthWords(one)}`,
              }))}
              onChange={({ currentTarget: { value } }) => onLength(durationMs(Number(value)))}
            />
            <Button disabled={onTryAll === null} onClick={() => onTryAll?.()}>
              Try all that are on
            </Button>
          </div>
          <Outcome desk={desk} {...shown} />
        </>
      )}
    </div>
  )
}

function Outcome({
  desk,
  ...shown
}: Pick<Props, 'organisation' | 'links'> & { desk: BacktestDesk }) {
  const state = useSyncExternalStore(desk.subscribe, desk.state)
  const zone = useZone()
  switch (state.kind) {
    case 'nothing':
      return <p>“Try” tells how often a rule would have fired, and for how long.</p>
    case 'reading':
    case 'judging':
      return <Working state={state} onCancel={() => desk.cancel()} />
    case 'empty':
      return (
        <Note title="Nothing is recorded of that time.">
          What Tidemark measures from now on can be tried later.
        </Note>
      )
    case 'failed':
      return (
        <div role="alert">
          <Note title="The rules could not be tried.">{state.message}</Note>
        </div>
      )
    case 'done': {
      const { outcome } = state
      return (
        <>
          <div role="status">
            {outcome.question.rules.map((rule) => (
              <p key={rule.id} className={classes.sentence}>
                {ruleSentence(outcome, rule)}
              </p>
            ))}
            <p className={classes.sentence}>{messagesSentence(outcome)}</p>
          </div>
          {caveats(outcome, zone).map((sentence) => (
            <p key={sentence} className={classes.method}>
              {sentence}
            </p>
          ))}
          <Firings outcome={outcome} zone={zone} {...shown} />
        </>
      )
    }
  }
}

type WorkingProps = {
  state: Extract<BacktestState, { kind: 'reading' | 'judging' }>
  onCancel: () => void
}

function Working({ state: { kind, share }, onCancel }: WorkingProps) {
  const what = kind === 'reading' ? 'Reading what was recorded' : 'Judging'
  return (
    <div className={classes.acts}>
      <span>
        {what}: {formatPercent(share)}
      </span>
      <progress className={classes.bar} aria-label={what} max={1} value={share} />
      <Button onClick={onCancel}>Cancel</Button>
    </div>
  )
}
