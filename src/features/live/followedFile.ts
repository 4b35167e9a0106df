import { freshness } from '#domain/metrics/freshness.ts'
import { type EpochMs, elapsed, epochMs, type MetricId } from '#domain/units.ts'
import type { FollowedState, TailNews } from '#sources/imports/tail/tailJtl.ts'

/** A results file that is followed, as the screen knows it. Times are those of the organisation. */
export type FollowedFile = {
  name: string
  handle: FileSystemFileHandle
  state: FollowedState
  /** When it last grew. What it held at first counts as grown when its newest sample was over. */
  grownAt: EpochMs
  /** Since when the file of the present run is there; of the first run, since when it is followed. */
  runSince: EpochMs
  /** Since when it cannot be looked at; null while it can. */
  troubleSince: EpochMs | null
}

type Heard = Extract<TailNews, { kind: 'heard' }>

/** The file after a look at it that brought something; `before` is null for the first. */
export function heardOf(
  handle: FileSystemFileHandle,
  before: FollowedFile | null,
  { state, hasGrown }: Heard,
  now: EpochMs,
): FollowedFile {
  const newestAt = state.soFar?.summary.endAt ?? now
  const grownAt = before === null ? epochMs(Math.min(now, newestAt)) : before.grownAt
  return {
    name: handle.name,
    handle,
    state: { ...state, metrics: sameList(before?.state.metrics, state.metrics) },
    grownAt: before !== null && hasGrown ? now : grownAt,
    runSince: before?.state.run === state.run ? before.runSince : now,
    troubleSince: state.trouble === null ? null : (before?.troubleSince ?? now),
  }
}

/** Screens compare lists: an equal one is the one from before. */
const sameList = (before: readonly MetricId[] | undefined, now: readonly MetricId[]) =>
  before?.join() === now.join() ? before : now

/**
 * How far a followed file tells what is now: `fresh` while it grows at its pace, `stale` when it is
 * late, `blind` when it has been silent for so long that the test is likely to be over.
 */
export const liveliness = ({ grownAt, state }: FollowedFile, now: EpochMs) =>
  freshness(elapsed(grownAt, now), state.paceMs)
