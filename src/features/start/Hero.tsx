import type { ReactNode } from 'react'
import classes from './Hero.module.css'
import {
  HERO,
  heroBands,
  heroGap,
  heroLabels,
  heroLimit,
  heroLines,
  heroRefusals,
  heroWater,
} from './heroShape.ts'

/** A drawing of what Tidemark shows: water, wall, a gap, and refusals where the two meet. */
export function Hero() {
  return (
    <figure className={classes.hero} aria-label={SUMMARY}>
      <svg
        className={classes.picture}
        viewBox={`0 0 ${HERO.width} ${HERO.height}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {heroWater.map((path) => (
          <path key={path} d={path} className={classes.water} />
        ))}
        {heroBands.map(({ from, to }) => (
          <g key={from}>
            <rect x={from} width={to - from} height={HERO.base} className={classes.cover} />
            <rect x={from} width={to - from} height={HERO.base} className={classes.band} />
          </g>
        ))}
        <path d={heroLimit} className={classes.halo} />
        <path d={heroLimit} className={classes.limit} />
        {heroLines.map((path) => (
          <path key={path} d={path} className={classes.line} />
        ))}
        <path d={heroRefusals} className={classes.refusals} />
        <path d={`M0 ${HERO.base + 0.5}H${HERO.width}`} className={classes.base} />
      </svg>
      <div
        className={classes.gap}
        style={{ left: share(heroGap.from), width: share(heroGap.to - heroGap.from) }}
      />
      <Label x={(heroGap.from + heroGap.to) / 2} y={36} isOnHatch>
        no data
      </Label>
      <Label x={217} y={heroLabels.limitY - 14}>
        the limit
      </Label>
      <Label x={536} y={163}>
        connections
      </Label>
      <Label x={833} y={heroLabels.limitY - 14}>
        at the limit
      </Label>
      <Label x={heroLabels.raiseX + 50} y={49}>
        a limit change
      </Label>
      <Label x={903} y={230}>
        503
      </Label>
    </figure>
  )
}

const SUMMARY =
  'Drawing: connections of ten iterations of a load test against a limit; refusals begin where the limit is reached and end when it is raised.'

const share = (x: number) => `${((x / HERO.width) * 100).toFixed(3)}%`

type LabelProps = { x: number; y: number; isOnHatch?: boolean; children: ReactNode }

/** Words beside the drawing, so that they are not stretched with it. */
const Label = ({ x, y, isOnHatch = false, children }: LabelProps) => (
  <span
    className={isOnHatch ? classes.labelOnHatch : classes.label}
    style={{ left: share(x), top: `${((y / HERO.height) * 100).toFixed(2)}%` }}
    aria-hidden="true"
  >
    {children}
  </span>
)
