import { percentText } from '#domain/evidence/parts/numberText.ts'
import { levelText } from '#domain/evidence/verdict/verdictText.ts'
import { formatCount } from '#domain/format.ts'
import type { Span } from '#domain/incident/incident.ts'
import { type CertificateSide, COLUMNS } from '#domain/limits/certificateSide.ts'
import { dayAndClock } from '#domain/timeline/dayAndClock.ts'
import classes from './Certificate.module.css'

type Props = {
  /** `Before`. */
  name: string
  side: CertificateSide
  span: Span
  limit: number
  /** What the axis must hold on both sides: they are drawn on the same one. */
  highest: number
  /** Most refusals of a column on either side. */
  mostRefused: number
  zone: string
}

/** Room for the label above a limit. */
const HEADROOM = 1.18

/** Use, limit and refusals of one window. */
export function SidePicture(props: Props) {
  const { name, side, span, limit, highest, mostRefused, zone } = props
  const { highest: values, refused, peak, attempts, allRefused } = side
  const y = (value: number) => 100 - (value / (highest * HEADROOM)) * 100
  const [from, to] = [dayAndClock(span.from, zone), dayAndClock(span.to, zone)]
  const counted =
    attempts === null
      ? 'attempts not counted'
      : `${formatCount(allRefused)} of ${formatCount(attempts)} attempts refused${attempts > 0 ? `, ${percentText(Math.min(1, allRefused / attempts))}` : ''}`
  const peakWords = peak === null ? 'use not measured' : `peak ${levelText(peak)}`
  const summary = `${name}, ${from} to ${to}: limit ${levelText(limit)}, ${peakWords}, ${counted}.`
  return (
    <figure className={classes.side}>
      <figcaption className={classes.sideHead}>
        <b>{name}</b> {peakWords} · {counted}
      </figcaption>
      <div role="img" aria-label={summary} className={classes.plot}>
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          {stretchesOf(values).map(({ first, points }) => (
            <g key={first}>
              <path d={areaOf(first, points, y)} fill="var(--water-soft)" />
              <path d={lineOf(first, points, y)} className={classes.use} />
            </g>
          ))}
          <path d={`M0 ${y(limit)}H100`} className={classes.limit} />
        </svg>
        {gapsOf(values).map(({ first, end }) => (
          <span
            key={first}
            className={classes.gap}
            style={{ left: `${xOf(first)}%`, width: `${xOf(end - first)}%` }}
          >
            {end - first >= LABELLED ? <span>gap</span> : null}
          </span>
        ))}
        <span className={classes.limitLabel} style={{ top: `${y(limit)}%` }}>
          Limit {levelText(limit)}
        </span>
      </div>
      <div className={classes.lane}>
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          {Array.from(refused, (count, column) =>
            count > 0 ? (
              <rect
                key={column}
                x={(column / COLUMNS) * 100}
                width={80 / COLUMNS}
                y={100 - Math.max(12, (count / mostRefused) * 100)}
                height={Math.max(12, (count / mostRefused) * 100)}
                fill="var(--crit)"
              />
            ) : null,
          )}
        </svg>
      </div>
      <p className={classes.ends}>
        <span>{from}</span>
        <span>refused</span>
        <span>{to}</span>
      </p>
    </figure>
  )
}

/** Columns next to each other that have a value: gaps stay gaps. */
function stretchesOf(values: Float64Array): { first: number; points: number[] }[] {
  const stretches: { first: number; points: number[] }[] = []
  values.forEach((value, column) => {
    if (Number.isNaN(value)) return
    const open = stretches.at(-1)
    if (open && open.first + open.points.length === column) open.points.push(value)
    else stretches.push({ first: column, points: [value] })
  })
  return stretches
}

/** A narrower gap has no room for its name. */
const LABELLED = 8

/** Columns next to each other in which nothing was measured: [first, end). */
function gapsOf(values: Float64Array): { first: number; end: number }[] {
  const gaps: { first: number; end: number }[] = []
  values.forEach((value, column) => {
    if (!Number.isNaN(value)) return
    const open = gaps.at(-1)
    if (open?.end === column) open.end += 1
    else gaps.push({ first: column, end: column + 1 })
  })
  return gaps
}

const xOf = (column: number) => (column / COLUMNS) * 100

function lineOf(first: number, points: readonly number[], y: (value: number) => number) {
  const steps = points.map((value, i) => `${xOf(first + i)} ${y(value)}H${xOf(first + i + 1)}`)
  return `M${steps.join('L')}`
}

const areaOf = (first: number, points: readonly number[], y: (value: number) => number) =>
  `${lineOf(first, points, y)}V100H${xOf(first)}Z`
