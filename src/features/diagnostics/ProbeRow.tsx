import { Button } from '@mantine/core'
import { formatDuration } from '#domain/format.ts'
import { DAY_MS, elapsed, type EpochMs } from '#domain/units.ts'
import { PERMISSIONS } from '#sources/genesys/access.ts'
import {
  type Probe,
  PROBE_STATE_WORDS,
  type ProbeResult,
  type ProbeState,
} from '#sources/genesys/probes/probe.ts'
import type { DisplayState } from '#ui/glyphs/displayState.ts'
import { StateGlyph } from '#ui/glyphs/StateGlyph.tsx'
import classes from './Diagnostics.module.css'

type Props = {
  probe: Probe
  result: ProbeResult | null
  isRunning: boolean
  now: EpochMs
  /** Null while nothing can be started. */
  onRun: (() => void) | null
}

const GLYPHS: Readonly<Record<ProbeState, DisplayState>> = {
  works: 'ok',
  forbidden: 'off',
  absent: 'off',
  unexpected: 'warn',
  failed: 'blind',
  notRun: 'unknown',
}

/** Roles and releases change within days: what is older is shown as old. */
const OLD_FROM_MS = DAY_MS

/** One probe: what it is for, what it found, when, and a way to run it. */
export function ProbeRow({ probe, result, isRunning, now, onRun }: Props) {
  const state = result?.state ?? 'notRun'
  const ageMs = result ? Math.max(0, elapsed(result.at, now)) : 0
  const isOld = ageMs >= OLD_FROM_MS
  return (
    <tr>
      <td>
        <span className={classes.name}>
          <span className={classes.number}>{probe.id}</span> {probe.title}
        </span>
        <span className={classes.decides}>Decides {probe.decides}.</span>
      </td>
      <td>
        <span className={classes.state}>
          <StateGlyph state={isRunning ? 'loading' : GLYPHS[state]} sizePx={10} />
          {isRunning ? 'Running' : PROBE_STATE_WORDS[state]}
        </span>
      </td>
      <td className={isOld ? classes.old : undefined}>
        {result ? <Found result={result} /> : '–'}
        {probe.byHand ? <p className={classes.byHand}>{probe.byHand}</p> : null}
      </td>
      <td className={classes.right}>
        {result ? (
          <span className={classes.when}>
            {isOld ? <StateGlyph state="stale" sizePx={10} /> : null}
            {formatDuration(ageMs)} ago{isOld ? ', old' : ''}
          </span>
        ) : (
          '–'
        )}
      </td>
      <td className={classes.right}>{result ? formatDuration(result.tookMs) : '–'}</td>
      <td>
        <Button
          size="xs"
          aria-label={`Run ${probe.id} ${probe.title}`}
          aria-disabled={onRun === null}
          {...(onRun ? {} : { 'data-disabled': true })}
          onClick={() => onRun?.()}
        >
          Run
        </Button>
      </td>
    </tr>
  )
}

function Found({ result: { findings, permission } }: { result: ProbeResult }) {
  const features = PERMISSIONS.filter(({ name }) => permission?.split(', ').includes(name))
  return (
    <>
      <ul className={classes.findings}>
        {findings.map((finding, i) => (
          <li key={`${i} ${finding}`}>{finding}</li>
        ))}
      </ul>
      {features.length > 0 ? (
        <p>Off because of it: {features.map(({ reason }) => reason).join('; ')}.</p>
      ) : null}
    </>
  )
}
