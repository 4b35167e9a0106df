import type { Observation } from '#domain/observation.ts'
import type { SourceId } from '#domain/units.ts'
import type { TabChannel } from '#sources/tabSecret.ts'
import type { OrgFacts } from './orgFacts.ts'

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

/** Tabs of different builds may be open at once; they do not talk to each other. */
const PROTOCOL = 'tidemark.tabs.1'

type Envelope = { protocol: typeof PROTOCOL; org: string; message: TabMessage }

export type TabLine = {
  tell: (message: TabMessage) => void
  close: () => void
}

/** Talks to the other tabs of one organisation; foreign messages on the channel are not heard. */
export function openTabLine(
  channel: TabChannel | null,
  org: string,
  hear: (message: TabMessage) => void,
): TabLine {
  function listen({ data }: MessageEvent) {
    if (isEnvelope(data) && data.org === org) hear(data.message)
  }
  channel?.addEventListener('message', listen)
  return {
    tell: (message) =>
      channel?.postMessage({ protocol: PROTOCOL, org, message } satisfies Envelope),
    close: () => channel?.removeEventListener('message', listen),
  }
}

const isEnvelope = (data: unknown): data is Envelope =>
  typeof data === 'object' && data !== null && (data as Partial<Envelope>).protocol === PROTOCOL
