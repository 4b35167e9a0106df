import { formatDuration } from '../format.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../units.ts'

/**
 * A length of time that is only estimated, no finer than it can be known: `≈ 25 s`, `≈ 25 min`, `≈
 * 1 h 20 min`, `≈ 2 d 3 h`. `less than 5 s` where it is all but over.
 */
export function roughDuration(lengthMs: number): string {
  const step = STEPS.find(({ below }) => lengthMs < below)?.step ?? HOUR_MS
  const rounded = Math.round(lengthMs / step) * step
  return rounded > 0 ? `≈ ${formatDuration(rounded)}` : `less than ${formatDuration(5 * SECOND_MS)}`
}

const STEPS = [
  { below: 2 * MINUTE_MS, step: 5 * SECOND_MS },
  { below: HOUR_MS, step: MINUTE_MS },
  { below: DAY_MS, step: 5 * MINUTE_MS },
]
