import type { OrgId, SourceId } from '#domain/units.ts'
import { isStop, sourceErrorOf } from '#monitor/poll.ts'
import type { PolledSource } from '#sources/polledSource.ts'
import type { SourceError } from '#sources/sourceError.ts'
import type { EventLog } from '../eventLog.ts'

/** Hears how every poll of a source ended; `null` where it was answered. */
export type PollListener = (source: SourceId, failure: SourceError | null) => void

/** A source of which every poll is heard. One that was called off is neither answered nor failed. */
export const heardSource = (source: PolledSource, heard: PollListener): PolledSource => ({
  ...source,
  async ask(context) {
    try {
      const observed = await source.ask(context)
      heard(source.id, null)
      return observed
    } catch (error) {
      if (!isStop(error)) heard(source.id, sourceErrorOf(error, source))
      throw error
    }
  },
})

type Failing = { kind: string; status: number | null; polls: number }

/** Logs failures of polls when they begin, when they become others and when they end: not each of them. */
export function createFailureLog(organisation: OrgId, log: EventLog): PollListener {
  const failing = new Map<SourceId, Failing>()
  return (source, failure) => {
    const before = failing.get(source)
    if (!failure) {
      if (before) log('info', 'poll_recovered', { organisation, source, failedPolls: before.polls })
      failing.delete(source)
      return
    }
    const { kind, message, details } = failure
    const { status } = details
    const polls = (before?.polls ?? 0) + 1
    failing.set(source, { kind, status, polls })
    if (before?.kind === kind && before.status === status) return
    // What an organisation does not have is no trouble: most lack something of the catalogue.
    const level = kind === 'absent' ? 'info' : 'warn'
    log(level, before ? 'poll_failure_changed' : 'poll_failed', {
      organisation,
      source,
      kind,
      status,
      message,
    })
  }
}
