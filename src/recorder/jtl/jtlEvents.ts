import type { EpochMs } from '#domain/units.ts'
import type { FileTrouble } from '#sources/imports/tail/followFile.ts'
import type { FollowedState } from '#sources/imports/tail/tailJtl.ts'
import type { EventLog } from '../eventLog.ts'

/** What was left out of a run because it is older than what the log keeps. */
export type Older = { samples: number; errors: number }

const TROUBLE_EVENTS = {
  gone: ['warn', 'jtl_gone'],
  barred: ['error', 'jtl_barred'],
  unreadable: ['error', 'jtl_unreadable'],
} as const satisfies Record<FileTrouble, readonly [string, string]>

/** Tells in the log how a followed file fares: each thing when it begins, and once. */
export function createJtlEvents(file: string, log: EventLog) {
  let before: FollowedState | null = null
  let hasRead = false
  let refusal: string | null = null
  let toldOlderOf = 0
  let toldRejectedOf = 0

  function tellTrouble({ trouble, soFar }: FollowedState) {
    const known = before?.trouble?.why ?? null
    if (trouble?.why === 'gone' && !hasRead) {
      // A recorder is often started before the test.
      if (known !== 'gone') log('info', 'jtl_awaited', { file })
    } else if (trouble && trouble.why !== known) {
      const [level, event] = TROUBLE_EVENTS[trouble.why]
      log(level, event, { file, reason: trouble.reason })
    } else if (!trouble && !hasRead) {
      hasRead = true
      log('info', 'jtl_followed', { file, samples: soFar?.summary.samples ?? 0 })
    } else if (!trouble && known) log('info', 'jtl_read_again', { file })
  }

  function tellRejected({ run, soFar }: FollowedState) {
    const [first] = soFar?.rejected ?? []
    if (!soFar || !first || toldRejectedOf === run) return
    toldRejectedOf = run
    const { rejected: lines } = soFar.summary
    log('warn', 'jtl_lines_left_out', { file, lines, line: first.line, reason: first.reason })
  }

  return {
    heard(state: FollowedState) {
      refusal = null
      tellTrouble(state)
      if (before && state.run > before.run) log('info', 'jtl_begun_anew', { file, run: state.run })
      tellRejected(state)
      before = state
    },
    /** Once for a run. */
    leftOut(run: number, { samples, errors }: Older, since: EpochMs) {
      if (samples + errors === 0 || toldOlderOf === run) return
      toldOlderOf = run
      const before = new Date(since).toISOString()
      log('warn', 'jtl_older_left_out', { file, samples, errors, before })
    },
    /** It is no results file; said again only where the reason is another one. */
    refused(reason: string) {
      if (reason !== refusal) log('error', 'jtl_refused', { file, reason })
      refusal = reason
      before = null
      toldOlderOf = 0
      toldRejectedOf = 0
    },
    /** A mistake of ours: it is followed no more. */
    failed: (reason: string) => log('error', 'jtl_failed', { file, reason }),
  }
}
