import {
  clippedSummaries,
  cutTo,
  joinedSummaries,
  roomFor,
  SUMMARY_COLUMNS,
  type Summaries,
} from './minuteSummaries.ts'

/** Writes what two summaries of one step come to at the end of `merged`, where `known` is already. */
type Join = (merged: Summaries, index: number, added: Summaries, addedIndex: number) => void

/**
 * Two lots of steps of one length as one. Where both know a step, its samples are taken to be
 * different ones, so counts and sums add up; the newer of the last samples is the last. O(n + m).
 */
export const mergedSummaries = (known: Summaries, added: Summaries): Summaries =>
  zipped(known, added, addUp)

/**
 * The same for samples that come after all others of their minute are gone, of which nobody can say
 * whether they were counted before. Where they are as many as what is known, or more, they are taken
 * for the whole minute once again (a file that is read a second time); where they are fewer, they
 * are added. The lowest and the highest stay, whichever of the two they come from.
 */
export const withLateSummaries = (known: Summaries, late: Summaries): Summaries =>
  zipped(known, late, (merged, index, added, addedIndex) => {
    if (added.count[addedIndex]! >= merged.count[index]!) {
      merged.count[index] = 0
      merged.sum[index] = 0
    }
    addUp(merged, index, added, addedIndex)
  })

/** The steps with others, which lie in [from, to), in the place of what was known of that stretch. */
export function withStretch(known: Summaries, from: number, to: number, steps: Summaries) {
  const before = clippedSummaries(known, -Infinity, from)
  const after = clippedSummaries(known, to, Infinity)
  return joinedSummaries([before, steps, after], known.stepMs)
}

function zipped(known: Summaries, added: Summaries, join: Join): Summaries {
  if (known.startMs.length === 0) return added
  if (added.startMs.length === 0) return known
  const merged = roomFor(known.startMs.length + added.startMs.length, known.stepMs)
  let size = 0
  let next = 0
  for (let i = 0; i < known.startMs.length; i++) {
    const startMs = known.startMs[i]!
    while (added.startMs[next]! < startMs) copy(merged, size++, added, next++)
    copy(merged, size, known, i)
    if (added.startMs[next] === startMs) join(merged, size, added, next++)
    size += 1
  }
  while (next < added.startMs.length) copy(merged, size++, added, next++)
  return cutTo(merged, size)
}

function copy(to: Summaries, index: number, from: Summaries, fromIndex: number) {
  for (const name of SUMMARY_COLUMNS) to[name][index] = from[name][fromIndex]!
}

/**
 * Adds a step to another one, as if the samples of both had been one lot: also a minute to a longer
 * step that it belongs to.
 */
export function addUp(to: Summaries, index: number, from: Summaries, fromIndex: number) {
  to.count[index]! += from.count[fromIndex]!
  to.sum[index]! += from.sum[fromIndex]!
  // Written this way round, a value takes the place of NaN, and NaN of nothing.
  if (from.min[fromIndex]! < to.min[index]! || Number.isNaN(to.min[index]))
    to.min[index] = from.min[fromIndex]!
  if (from.max[fromIndex]! > to.max[index]! || Number.isNaN(to.max[index]))
    to.max[index] = from.max[fromIndex]!
  if (from.lastMs[fromIndex]! < to.lastMs[index]!) return
  to.last[index] = from.last[fromIndex]!
  to.lastMs[index] = from.lastMs[fromIndex]!
}
