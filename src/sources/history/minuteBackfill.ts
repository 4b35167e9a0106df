import { epochMs } from '#domain/units.ts'
import type { HistoryDatabase } from './historyDb.ts'
import { putDay } from './halfHours.ts'
import { dayOf } from './keyRanges.ts'
import { type DayKey, minutesFromSamples } from './minuteChunks.ts'

/**
 * Writes the minutes of every day whose samples are kept and whose minutes are not: what an older
 * version left behind. Costs the keys of all chunks; a day is written by itself, so that others get
 * their turn.
 */
export async function summariseDays(db: HistoryDatabase): Promise<void> {
  for (const key of await daysWithoutMinutes(db)) {
    const tx = db.transaction(['chunks', 'minutes', 'halfHours'], 'readwrite')
    const minutes = tx.objectStore('minutes')
    // Another tab may have been faster.
    if (!(await minutes.getKey([...key]))) {
      const summaries = await minutesFromSamples(tx.objectStore('chunks'), key)
      // Meanwhile the organisation may have been forgotten.
      const halfHours = tx.objectStore('halfHours')
      if (summaries.startMs.length > 0) await putDay({ minutes, halfHours }, key, summaries)
    }
    await tx.done
  }
}

async function daysWithoutMinutes(db: HistoryDatabase): Promise<DayKey[]> {
  const tx = db.transaction(['chunks', 'minutes'])
  const hours = await tx.objectStore('chunks').getAllKeys()
  const sampled = new Map<string, DayKey>()
  let oldest = epochMs(Infinity)
  for (const [org, metric, hour] of hours) {
    const day = [org, metric, dayOf(hour)] as const
    sampled.set(day.join(), day)
    if (day[2] < oldest) oldest = day[2]
  }
  if (sampled.size === 0) return []
  const index = tx.objectStore('minutes').index('byAge')
  for (const key of await index.getAllKeys(IDBKeyRange.lowerBound(oldest)))
    sampled.delete(key.join())
  return [...sampled.values()]
}
