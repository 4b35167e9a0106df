import {
  durationMs,
  type EpochMs,
  epochMs,
  HOUR_MS,
  later,
  type MetricId,
  type OrgId,
} from '#domain/units.ts'
import type { History } from '#sources/history/history.ts'
import type { ClientLog } from './clientLog.ts'
import type { Intake } from './intake.ts'
import type { Ledger } from './ledger.ts'
import type { SeriesStore } from './seriesStore.ts'

/** How far back samples stay at hand: the longest window of the screen, and some air. */
export const HELD_MS = durationMs(26 * HOUR_MS)
/** Dropping costs what is kept: so much older may samples be until they are dropped together. */
export const SLACK_MS = durationMs(2 * HOUR_MS)

const SET_BACK_MS = 1_000
/** A feed's clock may run this much ahead of ours. */
const AHEAD_MS = 10_000

type Stretch = { from: EpochMs; to: EpochMs }

type Options = {
  org: OrgId
  history: History
  series: SeriesStore
  clients: ClientLog
  ledger: Ledger
  intake: Intake
  now: () => EpochMs
  isStopped: () => boolean
}

/** What of the past is at hand in this page, however long it has been open. */
export type Memory = {
  /** Reads a stretch back from the history. */
  load: (from: EpochMs, to: EpochMs) => Promise<void>
  /**
   * The same for a stretch that somebody looks at: it stays at hand until the next one is asked
   * for.
   */
  recall: (from: EpochMs, to: EpochMs) => Promise<void>
  /**
   * Drops what is older than `HELD_MS`, but for the recalled stretch and for what came from files.
   */
  trim: () => void
  /**
   * Looks whether the clock was set back since the last look. What was recorded before then claims
   * to come from the future: it would stand there as the newest value until its time has come
   * again.
   */
  followClock: () => void
}

/**
 * Keeps a page that is open for weeks from growing: the history holds what is dropped here. Files
 * are not in question: they do not grow, and a history that prunes by age may not have them.
 */
export function createMemory(options: Options): Memory {
  const { org, history, series, clients, ledger, intake, now } = options
  let recalled: Stretch | null = null
  let lookedAt = now()

  async function load(from: EpochMs, to: EpochMs) {
    const kept = await history.read(org, from, to)
    if (!options.isStopped()) intake.restore(kept, true)
  }

  const isFromFile = (metric: MetricId) => ledger.metric(metric)?.intervalMs === null

  function trim() {
    const horizon = earlier(now(), HELD_MS)
    const dropFrom = earlier(horizon, SLACK_MS)
    for (const metric of series.metrics()) {
      const oldest = series.extent(metric)?.from ?? horizon
      if (oldest >= dropFrom || isFromFile(metric)) continue
      for (const { from, to } of outside(recalled, horizon)) series.drop(metric, from, to)
    }
    // Nothing can read them back, so what is looked at makes no difference.
    clients.dropBefore(dropFrom)
    ledger.dropLimitsBefore(epochMs(Math.min(dropFrom, recalled?.from ?? dropFrom)))
  }

  return {
    load,
    recall(from, to) {
      recalled = { from, to }
      // First, so that what was recalled before and what comes now are not joined by a line.
      trim()
      return load(from, to)
    },
    trim,
    followClock() {
      const at = now()
      const wasSetBack = at < lookedAt - SET_BACK_MS
      lookedAt = at
      if (!wasSetBack) return
      for (const metric of series.metrics())
        if (!isFromFile(metric)) series.drop(metric, later(at, AHEAD_MS), epochMs(Infinity))
    },
  }
}

const earlier = (at: EpochMs, by: number) => epochMs(at - by)

/** What lies before an instant and not in a stretch. */
function outside(stretch: Stretch | null, before: EpochMs): Stretch[] {
  const start = epochMs(-Infinity)
  if (!stretch || stretch.from >= before) return [{ from: start, to: before }]
  const older = { from: start, to: stretch.from }
  // The end of the stretch belongs to it.
  const after = later(stretch.to, 1)
  return after >= before ? [older] : [older, { from: after, to: before }]
}
