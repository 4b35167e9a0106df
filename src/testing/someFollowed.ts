import type { FollowedFile } from '#features/live/followedFile.ts'
import { durationMs, epochMs, metricId } from '#domain/units.ts'
import type { FollowedState } from '#sources/imports/tail/tailJtl.ts'

/** 13:12:40 UTC, when the newest sample of `someFollowed` was over. */
export const LAST_AT = epochMs(Date.UTC(2026, 8, 17, 13, 12, 40))

export const someFollowedState = (known: Partial<FollowedState> = {}): FollowedState => ({
  run: 1,
  metrics: [metricId('jtl.threads:1'), metricId('jtl.attempts:1')],
  paceMs: durationMs(5_000),
  trouble: null,
  soFar: {
    summary: {
      samples: 12_482,
      subSamples: null,
      rejected: 0,
      codes: null,
      classes: { capacity: 8_099 },
      firstAt: epochMs(LAST_AT - 600_000),
      lastAt: LAST_AT,
      endAt: LAST_AT,
      peakThreads: 130,
      labels: 1,
    },
    rejected: [],
    warnings: [],
    removals: [],
  },
  ...known,
})

/** A results file that has just grown; its handle belongs to no file. */
export const someFollowed = (known: Partial<FollowedFile> = {}): FollowedFile => ({
  name: 'run.jtl',
  handle: { name: 'run.jtl', kind: 'file' } as FileSystemFileHandle,
  state: someFollowedState(),
  grownAt: LAST_AT,
  runSince: LAST_AT,
  troubleSince: null,
  ...known,
})
