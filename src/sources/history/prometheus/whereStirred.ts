import { type DurationMs, epochMs, HOUR_MS, later } from '#domain/units.ts'
import { answerable, type Asking, type Grid, readRange } from './readSeries.ts'

/** The hours that are looked at first: thirteen months of them are answered in one request. */
const LOOK_MS = HOUR_MS

/**
 * The parts of a grid in which something may have happened. A grid that takes several requests is
 * first asked about hour by hour: `stirred` is to give any value at the end of each hour in which something
 * did. Most of a month is then never asked about in fine steps. Where most of it stirred, the grid as it
 * is; none of it where nobody answered, which is noted.
 */
export async function whereStirred(
  asking: Asking,
  stirred: (lookMs: DurationMs) => string,
  grid: Grid,
): Promise<Grid[]> {
  const whole = answerable(grid)
  if (whole.length <= 1) return whole
  const { first, last, stepMs } = grid
  const start = first - stepMs
  const read = await readRange(asking, stirred(LOOK_MS), {
    first: later(epochMs(Math.floor(start / LOOK_MS) * LOOK_MS), LOOK_MS),
    last: epochMs(Math.ceil(last / LOOK_MS) * LOOK_MS),
    stepMs: LOOK_MS,
  })
  const ends = new Set((read ?? []).flatMap(({ series }) => [...series.timeMs]))
  const parts: Grid[] = []
  for (const end of [...ends].toSorted((a, b) => a - b)) {
    const from = epochMs(Math.max(first, end - LOOK_MS + stepMs))
    const to = epochMs(Math.min(last, end))
    if (from > to) continue
    const before = parts.at(-1)
    if (before && before.last + stepMs >= from) parts[parts.length - 1] = { ...before, last: to }
    else parts.push({ first: from, last: to, stepMs })
  }
  const pieces = parts.flatMap(answerable)
  return pieces.length < whole.length ? pieces : whole
}
