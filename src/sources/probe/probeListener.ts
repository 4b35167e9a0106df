import type { EpochMs, OrgId } from '#domain/units.ts'
import type { ProbeDesk } from './probeDesk.ts'
import { createProbeReception } from './probeReception.ts'

/** Where probes without `data-to` report (docs/probe.md). */
const CHANNEL = 'tidemark-probe'

type Channel = Pick<BroadcastChannel, 'addEventListener' | 'close'>

type Options = { now: () => EpochMs; openChannel?: () => Channel }

/**
 * Hears what pages of this origin report, once for all organisations of this page, for as long as one
 * of them names apps. Every tab hears all: whichever asks next can go on with the sums.
 */
export function createProbeListener({
  now,
  openChannel = () => new BroadcastChannel(CHANNEL),
}: Options) {
  const reception = createProbeReception({ now, reportedTo: 'tab' })
  let channel: Channel | null = null

  function open(): Channel {
    const opened = openChannel()
    opened.addEventListener('message', ({ data }) => void reception.take(data))
    // What cannot be put together again is no report either.
    opened.addEventListener('messageerror', () => void reception.take(null))
    return opened
  }

  function drop(org: OrgId) {
    reception.drop(org)
    if (reception.desks().size > 0) return
    channel?.close()
    channel = null
  }

  return {
    /** The desk of an organisation; null where it names no app: then nothing is heard for it. */
    expect(org: OrgId, apps: readonly string[]): ProbeDesk | null {
      if (apps.length === 0) {
        drop(org)
        return null
      }
      channel ??= open()
      return reception.expect(org, apps)
    },
    drop,
  }
}
