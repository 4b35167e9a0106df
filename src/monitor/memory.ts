import { inParts, NOTHING_OBSERVED, type Observation, observation } from '#domain/observation.ts'
import { horizonsAt } from '#domain/retention.ts'
import type { Summaries } from '#domain/series/minuteSummaries.ts'
import {
  type DurationMs,
  durationMs,
  type EpochMs,
  epochMs,
  HOUR_MS,
  later,
  type MetricId,
  MINUTE_MS,
  type OrgId,
} from '#domain/units.ts'
import type { History, KeptSummaries } from '#sources/history/history.ts'
import type { ClientLog } from './clientLog.ts'
import type { ErrorLog } from './errorLog.ts'
import type { Intake } from './intake.ts'
import type { Ledger } from './ledger.ts'
import type { Pacing } from './pacing.ts'
import { type RecallPlan, recallPlan, type SummarisedSpan } from './recallPlan.ts'
import type { SeriesStore } from './seriesStore.ts'
import { type SummarisedSeries, summarisedSeries, type SummaryStore } from './summaryStore.ts'

/** How far back samples stay at hand: the longest window of the screen, and some air. */
export const HELD_MS = durationMs(26 * HOUR_MS)
/** Dropping costs what is kept: so much older may samples be until they are dropped together. */
export const SLACK_MS = durationMs(2 * HOUR_MS)

const SET_BACK_MS = 1_000
/** A feed's clock may run this much ahead of ours. */
const AHEAD_MS = 10_000

type Stretch = { from: EpochMs; to: EpochMs }
type Readable = Pick<History, 'read' | 'readSummaries'>
/** What somebody looks at. `samplesFrom`: what lies before is shown in steps. */
type Recalled = Stretch & { samplesFrom: EpochMs }

type Options = {
  org: OrgId
  history: History
  series: SeriesStore
  summaries: SummaryStore
  errors: ErrorLog
  clients: ClientLog
  ledger: Ledger
  intake: Intake
  now: () => EpochMs
  pacing: Pacing
  isStopped: () => boolean
  /** How far back samples stay at hand; `HELD_MS` where left out. */
  heldMs?: DurationMs | undefined
}

/** What of the past is at hand in this page, however long it has been open. */
export type Memory = {
  /** Reads a stretch back from the history; `onNear` hears when what is kept here is at hand. */
  load: (from: EpochMs, to: EpochMs, onNear?: () => void) => Promise<void>
  /**
   * The same for a stretch that somebody looks at: it stays at hand until the next one is asked
   * for. What is too old or too long for samples comes in steps, into a store of its own.
   */
  recall: (from: EpochMs, to: EpochMs) => Promise<void>
  /** Nobody looks at the recalled stretch any more: its steps are dropped now, its samples with the next trim. */
  release: () => void
  /**
   * Drops samples that are older than they are held, but for the recalled stretch and for what came from files.
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
  const { org, history, series, summaries, errors, clients, ledger, intake, now, pacing } = options
  const { heldMs = HELD_MS } = options
  let recalled: Recalled | null = null
  let lookedAt = now()

  /** Takes in what was read, a few milliseconds at a time, for as long as it is wanted. */
  async function takeIn(kept: Observation, isWanted: () => boolean) {
    const paced = pacing()
    const fresh = unknownErrors(kept)
    intake.restore({ ...kept, samples: [], errors: [] }, true)
    for (const sample of kept.samples) {
      await paced()
      if (!isWanted()) return
      intake.restore({ ...NOTHING_OBSERVED, samples: [sample] }, true)
    }
    // Oldest first: each lot is then added before nothing but what is newer and small.
    for (const some of inParts(observation({ errors: fresh }))) {
      await paced()
      if (!isWanted()) return
      intake.restore(some, true)
    }
  }

  /**
   * The errors of a reading without those that stand for a minute of which this page, open for weeks,
   * still holds the single ones.
   */
  function unknownErrors(kept: Observation) {
    const { raw } = horizonsAt(now())
    return kept.errors.filter(
      ({ at, class: errorClass }) =>
        at >= raw || errors.count(errorClass, at, later(at, MINUTE_MS)) === 0,
    )
  }

  /** Where another machine is asked for a part of the past, what is kept here does not wait for it. */
  async function fromNearToFar(read: (kept: Readable) => Promise<void>) {
    const here = history.here?.(org)
    if (here) await read(here)
    await read(history)
  }

  async function load(from: EpochMs, to: EpochMs, onNear: () => void = () => undefined) {
    const isWanted = () => !options.isStopped()
    await fromNearToFar(async (readable) => {
      const kept = await readable.read(org, from, to)
      if (isWanted()) await takeIn(kept, isWanted)
      onNear()
    })
  }

  async function recall(from: EpochMs, to: EpochMs) {
    const plan = recallPlan(from, to, now())
    const mine: Recalled = { from, to, samplesFrom: plan.summaries?.to ?? from }
    recalled = mine
    const isWanted = () => recalled === mine && !options.isStopped()
    await fromNearToFar(async (readable) => {
      if (isWanted()) await takeBack(readable, { from, to }, plan, isWanted)
    })
  }

  async function takeBack(
    readable: Readable,
    { from, to }: Stretch,
    { summaries: span, samplesFrom }: RecallPlan,
    isWanted: () => boolean,
  ) {
    const [kept, older] = await Promise.all([
      readable.read(org, from, to, samplesFrom),
      span && readable.readSummaries(org, span.from, span.to, span.stepMs),
    ])
    // What was shown until now stays until something takes its place.
    if (older && isWanted()) await showSteps(span!, older, isWanted)
    if (!isWanted()) return
    // First, so that what was recalled before and what comes now are not joined by a line.
    trim()
    await takeIn(kept, isWanted)
    if (!older && isWanted()) summaries.replace(null)
  }

  async function showSteps(span: SummarisedSpan, older: KeptSummaries, isWanted: () => boolean) {
    intake.restore({ ...NOTHING_OBSERVED, metrics: older.metrics }, true)
    const paced = pacing()
    const byMetric = new Map<MetricId, SummarisedSeries>()
    for (const { metric, steps } of older.summaries) {
      await paced()
      if (!isWanted()) return
      if (isFileAtHand(metric, steps)) continue
      byMetric.set(metric, summarisedSeries(steps, ledger.metric(metric)?.kind ?? 'gauge'))
    }
    summaries.replace(span, byMetric)
  }

  const isFromFile = (metric: MetricId) => ledger.metric(metric)?.intervalMs === null

  /** A file stays in memory as it was read: its samples say more than what its minutes came to. */
  function isFileAtHand(metric: MetricId, { startMs, stepMs, count }: Summaries): boolean {
    if (!isFromFile(metric)) return false
    const end = later(epochMs(startMs.at(-1)!), stepMs - 1)
    const held = series.range(metric, epochMs(startMs[0]!), end)?.count ?? 0
    return held >= count.reduce((sum, one) => sum + one, 0)
  }

  function trim() {
    const horizon = earlier(now(), heldMs)
    const dropFrom = earlier(horizon, Math.min(SLACK_MS, heldMs / 2))
    const kept = recalled && { from: recalled.samplesFrom, to: recalled.to }
    for (const metric of series.metrics()) {
      const oldest = series.extent(metric)?.from ?? horizon
      if (oldest >= dropFrom || isFromFile(metric)) continue
      for (const { from, to } of outside(kept, horizon)) series.drop(metric, from, to)
    }
    // Nothing can read them back, so what is looked at makes no difference.
    clients.dropBefore(dropFrom)
    // A page keeps errors for as long as there is room: they are what a review of weeks looks for.
    if (options.heldMs !== undefined) errors.dropBefore(dropFrom)
    // Limits are few, and others go by them as long as a screen's longest window.
    const limitsFrom = earlier(now(), HELD_MS + SLACK_MS)
    ledger.dropLimitsBefore(epochMs(Math.min(dropFrom, limitsFrom, recalled?.from ?? dropFrom)))
  }

  return {
    load,
    recall,
    release() {
      recalled = null
      summaries.replace(null)
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
