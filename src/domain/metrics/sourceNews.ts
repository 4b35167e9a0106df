import type { EpochMs } from '../units.ts'

/** How the source of a metric is doing, as far as whoever reads its number needs to know. */
export type SourceNews =
  | { kind: 'fine' }
  /** Not answered yet; the first reply is due then. */
  | { kind: 'waiting'; expectedAt: EpochMs | null }
  /** No good reply since then; the reason in a few words: `no reply, network`. */
  | { kind: 'failing'; reason: string; since: EpochMs | null }
  /** Not asked by itself. `permission` is named where one is missing. */
  | { kind: 'off'; reason: string; permission: string | null }
  | { kind: 'signedOut' }
