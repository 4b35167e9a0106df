import type { Box } from '#domain/charts/labelSpace.ts'
import { px } from './svgText.ts'

/** Pixels between the lines of a hatch, across. */
const PITCH = 6

/**
 * Lines at 45° within a box. They are cut to it here: a pattern or a clip would need a name, which
 * pictures on one page could share by accident.
 */
export function hatchPath({ left, top, right, bottom }: Box): string {
  const step = PITCH * Math.SQRT2
  const pieces: string[] = []
  // A line goes up to the right: from x = start at the bottom to x = start + height at the top.
  const height = bottom - top
  for (let start = Math.floor((left - height) / step) * step; start < right; start += step) {
    const from = Math.max(left, start)
    const to = Math.min(right, start + height)
    if (to - from < 0.5) continue
    pieces.push(
      `M${px(from)} ${px(bottom - (from - start))}L${px(to)} ${px(bottom - (to - start))}`,
    )
  }
  return pieces.join('')
}
