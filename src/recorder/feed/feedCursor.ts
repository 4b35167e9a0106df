import { type EpochMs, epochMs } from '#domain/units.ts'

/** What a reader that has just begun is told: the last hour, and all that was known when it began. */
export type FirstHour = {
  /** What is older is left out. */
  since: EpochMs
  /** The newest record then: metrics and limits up to it were told with the first page. */
  toldUpTo: number
}

/** Where a reader of the feed stands. */
export type FeedCursor = {
  /** Of the log: a number of another one means nothing here. */
  logId: string
  /** The newest record that was told. */
  seq: number
  /** Null once the first hour is told. */
  first: FirstHour | null
}

export const cursorText = ({ logId, seq, first }: FeedCursor) =>
  [logId, seq, ...(first ? [Math.floor(first.since), first.toldUpTo] : [])].join('.')

/** A cursor as a reader gave it back; null where it is none of ours. */
export function readCursor(text: string): FeedCursor | null {
  const [, logId, seq, since, toldUpTo] =
    /^([\da-f]{8})\.(\d{1,15})(?:\.(\d{1,15})\.(\d{1,15}))?$/.exec(text) ?? []
  if (logId === undefined || seq === undefined) return null
  const first =
    since === undefined ? null : { since: epochMs(Number(since)), toldUpTo: Number(toldUpTo) }
  return { logId, seq: Number(seq), first }
}
