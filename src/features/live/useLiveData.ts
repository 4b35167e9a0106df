import { useCallback, useMemo } from 'react'
import type { ErrorClass, ErrorEvent } from '#domain/errors/errorEvent.ts'
import { formatClock, formatDuration } from '#domain/format.ts'
import { type LimitSteps, limitAt } from '#domain/metrics/limitSteps.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { usedThen as usedThenOf } from '#domain/metrics/usedThen.ts'
import { atLimitCount, type Stretch } from '#domain/timeline/atLimit.ts'
import { tierWords } from '#domain/timeline/tierWords.ts'
import {
  DAY_MS,
  type DurationMs,
  elapsed,
  type EpochMs,
  epochMs,
  SECOND_MS,
} from '#domain/units.ts'
import { countsByClass } from '#monitor/countsByClass.ts'
import type { ErrorLog } from '#monitor/errorLog.ts'
import type { OrgFacts } from '#monitor/orgFacts.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import { isOfFile } from '#domain/metrics/ofFile.ts'
import { stretchesIn } from './metricWindow.ts'
import type { PanelPlan } from '#domain/metrics/panelPlan.ts'
import { type Refused, refusedIn } from './refusedIn.ts'
import { type Judged, speaking, type StatusSentence, statusSentence } from './statusSentence.ts'
import { type Forecasts, type ListedTile, tileList } from './tileList.ts'
import type { Beat } from './useLiveClock.ts'
import type { ShownWindow } from './useShownWindow.ts'

type Known = {
  monitor: OrgMonitor
  facts: OrgFacts
  shown: ShownWindow
  beat: Beat
  plan: PanelPlan
  zone: string
  forecasts: Forecasts | undefined
  /** Error classes in the table; null: all. */
  chosen: readonly ErrorClass[] | null
}

export type LiveData = {
  tiles: readonly ListedTile[]
  status: StatusSentence
  counts: Readonly<Record<ErrorClass, number>>
  refused: Refused
  /** Newest first. */
  events: readonly ErrorEvent[]
  stretches: (metric: Metric) => readonly Stretch[]
  usedThen: (at: EpochMs) => number | null
  /** Length of the steps in which the window is shown, at least in part; null: samples only. */
  stepMs: DurationMs | null
  /** What stands in the place of samples, or that it is on its way, in words; null: samples only. */
  stepWords: string | null
  /** In words, what a point of the charts is. */
  resolution: string
  /** What of the window is not whole, one sentence each. */
  notices: readonly string[]
}

const NO_STEPS: LimitSteps = []
const READING = 'Reading back what is kept of this time'
/** Stretches are sought anew once a second: they cost the whole window. */
const STRETCHES_MS = SECOND_MS

/** Everything on Live that follows from the data, anew with every beat. */
export function useLiveData(known: Known): LiveData {
  const { monitor, facts, shown, beat, plan, zone, forecasts, chosen } = known
  const { series, drawn, errors } = monitor
  const { window } = shown
  const tier = drawn.tier(window.from, window.to)
  // What was at the limit is sought in samples alone: a step is no stretch of time at its highest.
  const sampledFrom = epochMs(Math.max(window.from, tier?.until ?? window.from))
  const { limits } = facts
  const errorsVersion = errors.version()

  const tiles = useMemo(
    () => tileList(facts, monitor, window, beat.now, zone, forecasts),
    // oxlint-disable-next-line react/exhaustive-deps -- the beat stands for the samples, outside React
    [facts, monitor, window, beat, zone, forecasts],
  )
  const second = Math.floor(beat.now / STRETCHES_MS)
  const fixedWindow = shown.rollingMs === null ? window : null
  const stepsUntil = tier?.until ?? null
  // A short window is read in the twinkling of an eye.
  const isReading = shown.isReadingBack && elapsed(window.from, window.to) > DAY_MS
  const stepWords = isReading ? READING : tier && capitalised(tierWords(tier, window.to, zone))
  const stretches = useMemo(
    () =>
      memoised((metric: Metric) =>
        stretchesIn(series, metric, limits.get(metric.id) ?? NO_STEPS, sampledFrom, window.to),
      ),
    // oxlint-disable-next-line react/exhaustive-deps -- the second stands for the samples
    [series, limits, second, shown.rollingMs, fixedWindow, stepsUntil],
  )
  const counts = useMemo(
    () => countsByClass(errors, window.from, window.to),
    // oxlint-disable-next-line react/exhaustive-deps -- the version stands for the events
    [errors, errorsVersion, window],
  )
  const refused = useMemo(
    () => refusedIn(monitor, facts.metrics, counts.capacity, window),
    [monitor, facts.metrics, counts, window],
  )
  const classes = useMemo(() => (chosen ? new Set(chosen) : undefined), [chosen])
  const events = useMemo(
    () => errors.between(window.from, window.to, classes).toReversed(),
    // oxlint-disable-next-line react/exhaustive-deps -- the version stands for the events
    [errors, errorsVersion, window, classes],
  )
  const worst = tiles[0] ?? null
  const [judged = null] = [...plan.connections, ...plan.sessions]
  const isSummarised = tier !== null
  const status = useMemo(() => {
    const isKnown = (metric: Metric | null): metric is Metric =>
      metric !== null && limitAt(limits.get(metric.id) ?? NO_STEPS, beat.now) !== null
    const subject = [plan.connections[0] ?? null, worst?.metric ?? null].find(isKnown)
    const connections = tiles.find(({ metric }) => metric.id === plan.connections[0]?.id)
    return statusSentence({
      worst: speaking(worst?.reading ?? null, connections?.reading ?? null),
      judged: subject ? judgedBy(subject, stretches(subject), errors) : null,
      isSummarised,
      refused,
      zone,
    })
  }, [tiles, worst, plan, limits, stretches, errors, refused, isSummarised, zone, beat.now])
  const usedThen = useCallback(
    (at: EpochMs) =>
      judged ? usedThenOf(series, judged, limits.get(judged.id) ?? NO_STEPS, at) : null,
    [series, limits, judged],
  )
  const everyMs = judged && !isOfFile(judged) ? judged.intervalMs : null
  const incompleteBefore = errors.incompleteBefore()
  return {
    tiles,
    status,
    counts,
    refused,
    events,
    stretches,
    usedThen,
    notices:
      incompleteBefore !== null && incompleteBefore > window.from
        ? [
            `More errors came than are kept: before ${formatClock(incompleteBefore, zone)} they are not complete.`,
          ]
        : [],
    stepMs: tier?.stepMs ?? null,
    stepWords,
    resolution: stepWords ?? rawWords(everyMs),
  }
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

const rawWords = (everyMs: DurationMs | null) =>
  everyMs === null ? 'Raw samples' : `Raw samples, every ${formatDuration(everyMs)}`

/** What happened at a metric's limit, its bins as wide as its samples are apart. */
const judgedBy = (metric: Metric, stretches: readonly Stretch[], errors: ErrorLog): Judged => ({
  title: metric.title,
  stretches,
  count: atLimitCount(
    stretches,
    (from, to, bins) => errors.columns('capacity', from, to, bins),
    metric.intervalMs ?? SECOND_MS,
  ),
})

/** Answers once per metric. */
function memoised<T>(answer: (metric: Metric) => T): (metric: Metric) => T {
  const known = new Map<string, T>()
  return (metric) => {
    const before = known.get(metric.id)
    if (before !== undefined) return before
    const now = answer(metric)
    known.set(metric.id, now)
    return now
  }
}
