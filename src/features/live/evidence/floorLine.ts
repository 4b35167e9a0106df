import type { Leak } from '#domain/evidence/leak/leak.ts'
import { formatCount } from '#domain/format.ts'
import { epochMs } from '#domain/units.ts'
import type { FloorLine } from '#ui/charts/chartData.ts'

/** The floors as the chart draws them; null unless the leak test speaks. */
export function floorLine(leak: Leak | null): FloorLine | null {
  if (leak?.word !== 'leak' && leak?.word !== 'suspected') return null
  const floors = leak.floors.flatMap(({ from, to, value }) =>
    value === null ? [] : [{ at: epochMs((from + to) / 2), value }],
  )
  return { floors, words: riseWords(leak) }
}

/** `floor +56 per iteration`. */
export function riseWords({ perIteration }: Leak): string {
  if (!perIteration) return 'floor'
  const { value } = perIteration
  const rise = Math.abs(value) < 10 ? String(Math.round(value * 10) / 10) : formatCount(value)
  return `floor ${value > 0 ? '+' : ''}${rise} per iteration`
}
