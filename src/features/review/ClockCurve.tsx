import { useMemo, useState } from 'react'
import type { ClockOffset, Fit, MatchCurve } from '#domain/clock/clockOffset.ts'
import { SECOND_MS } from '#domain/units.ts'
import { useElementSize } from '#ui/charts/useElementSize.ts'
import classes from './ClockCurve.module.css'
import { secondsText } from './clockWords.ts'

type Props = {
  name: string
  curve: MatchCurve | null
  found: ClockOffset | null
  seconds: number
  stepSeconds: number
  onSeconds: (to: number) => void
}

/** How far the slider reaches; what is typed may lie further off. */
const REACH_S = 120
const TICKS = [-90, -60, -30, 0, 30, 60, 90]
/** Without a curve there is a track, and no room above it. */
const FLOOR_PX = { withCurve: 50, without: 16 }
const ABOVE_PX = 12
const BELOW_PX = 22

/** A slider whose track is the correlation itself, so that a doubtful match looks doubtful. */
export function ClockCurve({ name, curve, found, seconds, stepSeconds, onSeconds }: Props) {
  const [host, setHost] = useState<HTMLDivElement | null>(null)
  const width = useElementSize(host)?.width ?? 0
  const floor = curve ? FLOOR_PX.withCurve : FLOOR_PX.without
  const height = floor + BELOW_PX
  const x = (at: number) => xIn(width, at)
  const path = useMemo(() => (curve && width > 0 ? curvePath(curve, width) : null), [curve, width])
  const peaks = found?.kind === 'aligned' ? [found, ...rivalOf(found.runnerUp)] : []
  const thumb = x(Math.min(REACH_S, Math.max(-REACH_S, seconds)))
  return (
    <div ref={setHost} className={classes.curve} style={{ height }}>
      <svg width={width} height={height} aria-hidden="true">
        {path ? (
          <>
            <path d={`${path}L${width} ${floor}L0 ${floor}Z`} fill="var(--water-soft)" />
            <path d={path} fill="none" stroke="var(--water)" strokeWidth="1.5" />
          </>
        ) : null}
        <path d={`M0 ${floor}.5H${width}`} stroke="var(--edge)" />
        {TICKS.map((tick) => (
          <text key={tick} x={x(tick)} y={height - 5} textAnchor="middle" className={classes.tick}>
            {tick === 0 ? '0\u202fs' : secondsText(tick * SECOND_MS).replace('.0', '')}
          </text>
        ))}
        {peaks.map(({ offsetMs, match }, i) => {
          const isRight = offsetMs > 60 * SECOND_MS
          return (
            <text
              key={offsetMs}
              x={x(offsetMs / SECOND_MS) + (isRight ? -8 : 8)}
              y={Math.max(10, yOf(match) - 1)}
              textAnchor={isRight ? 'end' : 'start'}
              className={classes.peak}
            >
              {i === 0 ? 'best match' : 'second best'} {match.toFixed(2)}
            </text>
          )
        })}
        <path d={`M${thumb} 2V${floor}`} stroke="var(--ink)" />
        <rect x={thumb - 5} y={floor - 9} width="10" height="18" rx="3" fill="var(--ink)" />
        <path
          d={`M${thumb - 1.5} ${floor - 4}v8M${thumb + 1.5} ${floor - 4}v8`}
          stroke="var(--bg)"
        />
      </svg>
      <input
        type="range"
        className={classes.range}
        style={{ top: floor - 20 }}
        aria-label={`Move the clock of ${name}, in seconds`}
        aria-valuetext={secondsText(seconds * SECOND_MS)}
        min={-REACH_S}
        max={REACH_S}
        step={stepSeconds}
        value={seconds}
        onChange={(event) => onSeconds(Number(event.currentTarget.value))}
      />
    </div>
  )
}

/** A runner-up that resembles nothing needs no name: the picture shows it. */
const LEAST_NAMED = 0.25
const rivalOf = (fit: Fit | null) => (fit && fit.match >= LEAST_NAMED ? [fit] : [])

const xIn = (width: number, seconds: number) => ((seconds + REACH_S) / (2 * REACH_S)) * width

/** A match below none lies on the floor: nothing there is alike. */
const yOf = (match: number) =>
  FLOOR_PX.withCurve - Math.max(0, match) * (FLOOR_PX.withCurve - ABOVE_PX)

function curvePath({ offsetMs, match }: MatchCurve, width: number): string {
  const points = Array.from(offsetMs, (offset, i) => {
    const known = Number.isNaN(match[i]) ? 0 : match[i]!
    return `${xIn(width, offset / SECOND_MS).toFixed(1)} ${yOf(known).toFixed(1)}`
  })
  return `M${points.join('L')}`
}
