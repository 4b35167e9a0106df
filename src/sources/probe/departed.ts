import type { DurationMs, EpochMs } from '#domain/units.ts'

/**
 * Documents that are gone, as long as a report of theirs could be sent again and still look fresh.
 * At most `most` of them: past that the oldest are let go of.
 */
export function createDeparted(most: number, keptMs: DurationMs) {
  /** Oldest first. */
  const gone = new Map<string, { seq: number; at: EpochMs }>()
  return {
    /** The last report of a document that is gone; null where it is not known. */
    seqOf: (key: string): number | null => gone.get(key)?.seq ?? null,
    add(key: string, seq: number, at: EpochMs) {
      gone.delete(key)
      gone.set(key, { seq, at })
      if (gone.size <= most) return
      const [oldest] = gone.keys()
      if (oldest !== undefined) gone.delete(oldest)
    },
    forget(now: EpochMs) {
      for (const [key, { at }] of gone) {
        if (now - at <= keptMs) return
        gone.delete(key)
      }
    },
  }
}
