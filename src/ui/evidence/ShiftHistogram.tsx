import type { ShiftPicture } from '#domain/evidence/verdict/verdict.ts'
import classes from './Evidence.module.css'
import { binsText } from '#domain/evidence/parts/shiftPart.ts'

/** Right of this share of the width the label stands left of its mark. */
const MIDDLE = 0.5

/** How often shifted refusals overlapped with the limit, and where they really were. `summary` says it in words. */
export function ShiftHistogram({ picture, summary }: { picture: ShiftPicture; summary: string }) {
  const { counts, max, observed } = picture
  const highest = Math.sqrt(Math.max(1, ...counts))
  const place = max > 0 ? Math.min(1, Math.max(0, observed / max)) : 0
  const isLeft = place > MIDDLE
  return (
    <div role="img" aria-label={summary} className={classes.histogram}>
      <div className={classes.classes}>
        {counts.map((count, i) => (
          <span
            // oxlint-disable-next-line react/no-array-index-key -- a class is its place
            key={i}
            className={classes.shiftClass}
            // Square roots: one shift among a thousand is still seen.
            style={{ height: count > 0 ? `max(1px, ${(Math.sqrt(count) / highest) * 100}%)` : 0 }}
          />
        ))}
        <span className={classes.observed} style={{ left: `${place * 100}%` }} />
        <span
          className={classes.observedWord}
          style={
            isLeft
              ? { right: `calc(${(1 - place) * 100}% + 8px)` }
              : { left: `calc(${place * 100}% + 8px)` }
          }
        >
          observed: {binsText(observed)}
        </span>
      </div>
      <p className={classes.ends}>
        <span>0 bins</span>
        <span>{binsText(max)}</span>
      </p>
    </div>
  )
}
