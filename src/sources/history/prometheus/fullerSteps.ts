import {
  cutTo,
  roomFor,
  startStep,
  SUMMARY_COLUMNS,
  type Summaries,
} from '#domain/series/minuteSummaries.ts'

/**
 * The steps of two that watched the same metric as one: of a step that both know, what the one with more
 * samples says, with the lowest and the highest of both, so that no peak is lost. Nothing is counted
 * twice. Of equals the first. O(n + m).
 */
export function fullerSteps(one: Summaries, other: Summaries): Summaries {
  const merged = roomFor(one.startMs.length + other.startMs.length, one.stepMs)
  let size = 0
  let i = 0
  let k = 0
  while (i < one.startMs.length || k < other.startMs.length) {
    const a = one.startMs[i] ?? Infinity
    const b = other.startMs[k] ?? Infinity
    const isFirst = a < b || (a === b && one.count[i]! >= other.count[k]!)
    startStep(merged, size, Math.min(a, b))
    copy(merged, size, isFirst ? one : other, isFirst ? i : k)
    if (a === b) widen(merged, size, isFirst ? other : one, isFirst ? k : i)
    if (a <= b) i += 1
    if (b <= a) k += 1
    size += 1
  }
  return cutTo(merged, size)
}

function copy(to: Summaries, index: number, from: Summaries, fromIndex: number) {
  for (const name of SUMMARY_COLUMNS) to[name][index] = from[name][fromIndex]!
}

function widen(to: Summaries, index: number, from: Summaries, fromIndex: number) {
  // Written this way round, NaN of nothing widens nothing.
  if (from.min[fromIndex]! < to.min[index]!) to.min[index] = from.min[fromIndex]!
  if (from.max[fromIndex]! > to.max[index]!) to.max[index] = from.max[fromIndex]!
}
