import type { JournalEntry } from '#domain/limits/limitJournal.ts'
import type { DurationMs, EpochMs, OrgId } from '#domain/units.ts'
import type { Organisation } from '#domain/organisation.ts'
import type { TabRole } from '#monitor/orgFacts.ts'
import type { WatchState } from '#monitor/watches.ts'
import type { DataAge } from '../dataAge.ts'
import type { OrgStanding, OrgState } from './orgStanding.ts'

/** An organisation of the list, watched or not. */
export type Member = {
  organisation: Organisation
  /** Null while this page does not try to watch it. */
  watch: WatchState | null
  /** Whether it could be watched without a click. */
  isSignedIn: boolean
}

/** How an organisation stands, whether or not it is watched. */
export type Standing =
  | ({ kind: 'watched' } & OrgStanding & {
        /** In the words of a tile: `limit in ≈ 1 h 20 min`; null where nobody knows, or it is far off. */
        forecast: string | null
        /** The newest change of a limit; null where none is known. */
        change: JournalEntry | null
        ageState: DataAge['state']
        ageMs: DurationMs | null
        requestsLastMinute: number
        allowedPerMinute: number
        role: TabRole
      })
  | { kind: 'queued' }
  | { kind: 'starting'; since: EpochMs; isLate: boolean }
  | { kind: 'failed'; since: EpochMs; reason: string }
  | { kind: 'signedOut' }
  /** It could be watched, and is not wanted to be. */
  | { kind: 'notOpened' }

/** Watched organisations alone have numbers. */
export type WatchedStanding = Extract<Standing, { kind: 'watched' }>

/** The state of an organisation in one word, watched or not. */
export type StandingWord = OrgState | Exclude<Standing['kind'], 'watched'>

export const standingWord = (standing: Standing): StandingWord =>
  standing.kind === 'watched' ? standing.state : standing.kind

/** All organisations, and how many of them stand how. */
export type StandingList = {
  /** Worst first. */
  organisations: readonly Organisation[]
  counts: ReadonlyMap<StandingWord, number>
}

export type StandingBoard = {
  /** The same list until it changes. */
  list: () => StandingList
  /** Hears of another list. The board works only while somebody listens. */
  subscribe: (listener: () => void) => () => void
  /** The same object until something of this organisation is new. */
  standing: (id: OrgId) => Standing | null
  /** Hears of one organisation alone. */
  subscribeTo: (id: OrgId, listener: () => void) => () => void
  /** Somebody points at a row: the order holds for a moment, so that no row moves away under a click. */
  touched: () => void
}
