import { observation } from '#domain/observation.ts'
import { oneSample } from '#domain/series/series.ts'
import { type EpochMs, epochMs, HOUR_MS, later, metricId, orgId } from '#domain/units.ts'
import type { History } from '#sources/history/history.ts'
import {
  createIndexedDbHistory,
  type IndexedDbHistoryOptions,
} from '#sources/history/indexedDbHistory.ts'

export const START = epochMs(Date.UTC(2026, 8, 17, 12))
export const ORG = orgId('alder')
export const CALLS = metricId('calls.concurrent')

let databases = 0

/** A database of its own and a clock that moves when told; every page opened shares both. */
export function historyPages() {
  const name = `history-${(databases += 1)}`
  let now = START
  const timers = new Set<{ at: EpochMs; call: () => void }>()
  const after = (delayMs: number, call: () => void) => {
    const timer = { at: later(now, delayMs), call }
    timers.add(timer)
    return () => void timers.delete(timer)
  }
  const open = (options: Partial<IndexedDbHistoryOptions> = {}) =>
    createIndexedDbHistory({ mostErrors: 1_000, ...options, name, now: () => now, after })
  const advance = (byMs: number) => {
    now = later(now, byMs)
    for (const timer of [...timers].filter((each) => each.at <= now)) {
      timers.delete(timer)
      timer.call()
    }
  }
  return { name, open, advance, now: () => now, timers }
}

/** One sample of CALLS. */
export const write = (history: History, at: EpochMs, value = 1) =>
  history.write(ORG, observation({ samples: [{ metric: CALLS, series: oneSample(at, value) }] }))

/** When the samples that are kept came, in milliseconds since the start. */
export async function timesOf(history: History) {
  const { samples } = await history.read(ORG, epochMs(0), later(START, 100 * HOUR_MS))
  return [...(samples[0]?.series.timeMs ?? [])].map((time) => time - START)
}
