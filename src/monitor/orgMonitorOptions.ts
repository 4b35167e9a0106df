import type { QueryClient } from '@tanstack/query-core'
import type { LimitSettings } from '#domain/limits/limitSettings.ts'
import type { Organisation } from '#domain/organisation.ts'
import type { DurationMs } from '#domain/units.ts'
import type { TokenStore } from '#sources/genesys/tokenStore.ts'
import type { History } from '#sources/history/history.ts'
import type { PolledSource } from '#sources/polledSource.ts'
import type { TabChannel } from '#sources/tabSecret.ts'
import type { Clock, Timer } from './clock.ts'
import type { OwnLoad } from './doors.ts'
import type { Locks } from './leadership.ts'
import type { Network } from './network.ts'
import type { Page } from './page.ts'

/** What a monitor is built from: everything that reaches outside is handed in. */
export type OrgMonitorOptions = {
  organisation: Organisation
  /** What is asked with the organisation's token (Genesys Cloud). */
  sources: readonly PolledSource[]
  /** What has a door of its own and needs no token: neither a 401 nor a 429 of the API stops it. */
  feeds: readonly PolledSource[]
  /** What nobody wants asked: screens say so where its numbers would stand. */
  switchedOff?: readonly PolledSource[]
  /** What people said of limits; nothing where left out. */
  limitSettings?: LimitSettings
  /** Null where nothing of the organisation needs a sign-in. */
  tokens: TokenStore | null
  history: History
  queryClient: QueryClient
  fetch: (url: string, init?: RequestInit) => Promise<Response>
  clock: Clock
  timer: Timer
  /** What this page has asked of the organisation in an earlier monitor: its minute is not counted anew. */
  ownLoad?: OwnLoad
  /** Numbers in [0, 1), e.g. `Math.random`. */
  random: () => number
  /** When readers hear of news: the next animation frame, a timer, or at once. */
  schedule: (flush: () => void) => void
  /** `navigator.locks`; null where there is none: then this tab asks for itself. */
  locks: Locks | null
  /** A BroadcastChannel all tabs of the origin share; stays open when the monitor stops. */
  channel: TabChannel | null
  /** Null in Node, where nobody looks away. */
  page: Page | null
  /** Missing where nobody tells of the machine's network (Node): back-off alone then finds it again. */
  network?: Network
  /** How far back samples stay in memory where nobody looks at them; a day and a little where left out. */
  heldMs?: DurationMs
  /** How much of the past is read back at the start; what `heldMs` says, and a day at most, where left out. */
  loadedMs?: DurationMs
  /** How long the page may be hidden before polling stops; null: for ever. */
  idleStopMs: DurationMs | null
}
