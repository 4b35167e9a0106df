import type { Observation } from '#domain/observation.ts'
import type { SourceId } from '#domain/units.ts'
import type { TabChannel } from '#sources/tabSecret.ts'
import type { OrgFacts } from './orgFacts.ts'
import { readTabMessage } from './tabMessageShape.ts'

/** What tabs that read along need to know of how the polling goes. */
export type SharedFacts = Pick<OrgFacts, 'sources' | 'footprint' | 'clock' | 'session'>

export const sharedOf = ({ sources, footprint, clock, session }: OrgFacts): SharedFacts => ({
  sources,
  footprint,
  clock,
  session,
})

/** What the tabs that watch one organisation tell each other. */
export type TabMessage =
  /** A tab came and wants to read along. `canReach`: it could ask the organisation itself. */
  | { kind: 'hello'; canReach: boolean }
  /** The polling tab's answer. `recent`: what a history may not hold yet. */
  | { kind: 'welcome'; facts: SharedFacts; recent: Observation }
  /** One tab recorded something; `source` is set where it was polled. */
  | { kind: 'observed'; observation: Observation; source: SourceId | null }
  | { kind: 'facts'; facts: SharedFacts }
  | { kind: 'unmarked'; id: string }
  | { kind: 'tryNow'; source: SourceId }
  /** The sender could ask the organisation; a polling tab that cannot lets it. */
  | { kind: 'canReach' }
  /** The sender has stopped asking: nobody asks until another tab says how it goes. */
  | { kind: 'rested' }

const PROTOCOL = 'tidemark.tabs'
/**
 * Raised with every change of the messages. Tabs of different builds may be open at once, after an
 * update say; they do not understand each other and must not try.
 */
const VERSION = 4

type Envelope = { protocol: typeof PROTOCOL; version: number; org: string; message: unknown }

export type TabLine = {
  tell: (message: TabMessage) => void
  close: () => void
}

type Hearing = {
  hear: (message: TabMessage) => void
  /** A tab of another build watches this organisation, too. */
  hearOtherBuild: () => void
}

/**
 * Talks to the other tabs of one organisation. What arrives is checked like any foreign data: a
 * message of another version, or one that is not what was agreed, is not heard.
 */
export function openTabLine(
  channel: TabChannel | null,
  org: string,
  { hear, hearOtherBuild }: Hearing,
): TabLine {
  function listen({ data }: MessageEvent) {
    if (!isEnvelope(data) || data.org !== org) return
    const message = data.version === VERSION ? readTabMessage(data.message) : null
    if (message) hear(message)
    else hearOtherBuild()
  }
  channel?.addEventListener('message', listen)
  return {
    tell: (message) =>
      channel?.postMessage({
        protocol: PROTOCOL,
        version: VERSION,
        org,
        message,
      } satisfies Envelope),
    close: () => channel?.removeEventListener('message', listen),
  }
}

const isEnvelope = (data: unknown): data is Envelope =>
  typeof data === 'object' && data !== null && (data as Partial<Envelope>).protocol === PROTOCOL
