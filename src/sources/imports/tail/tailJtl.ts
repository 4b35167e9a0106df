import { inParts, NOTHING_OBSERVED, type Observation } from '#domain/observation.ts'
import type { DurationMs, MetricId } from '#domain/units.ts'
import type { FileCounts, ImportProgress } from '../fileImport.ts'
import { type JtlReading, openJtlReading } from '../jtl/jtlReading.ts'
import { type FileNews, type FileTrouble, followFile, type GrowingFile } from './followFile.ts'
import { createGrowthPace } from './growthPace.ts'

/** How a results file that is followed stands. Plain data that survives `structuredClone`; free of secrets. */
export type FollowedState = {
  /** 1 for the file that was there first, one more for each that took its place: a run of its own. */
  run: number
  /** What the file of this run holds so far; null before its format is known. */
  soFar: FileCounts | null
  /** The series of this run, once there are samples. */
  metrics: readonly MetricId[]
  /** How far apart it usually grows. */
  paceMs: DurationMs
  /** Why it cannot be looked at; it is tried again all the time. Null while it can. */
  trouble: { why: FileTrouble; reason: string } | null
}

/** What a look at the file brought. */
export type TailNews =
  /** It is being read up to its present end; nothing of it has been told yet. */
  | { kind: 'reading'; progress: ImportProgress }
  /** What the stores do not have yet, in order, and how the file stands. */
  | {
      kind: 'heard'
      observations: readonly Observation[]
      state: FollowedState
      /** Whether bytes were added since the news before. */
      hasGrown: boolean
    }

export type TailOptions = {
  /** The file's name: for messages, and as the origin of its series. */
  name: string
  /** Waits until the next look; over at once when the signal aborts. */
  pause: () => Promise<void>
  /** Milliseconds of a clock that never goes back. */
  now: () => number
  tell: (news: TailNews) => void
  /** Its abort ends the following; what is still to be told is told. */
  signal: AbortSignal
  /** Begins to read a file, anew for each run; `openJtlReading` where left out. */
  open?: (name: string) => JtlReading
}

/** A file that has not grown for this long has told its newest second, or may never go on with it. */
const QUIET_MS = 1_000
/** Progress is told per percent. */
const PROGRESS_STEPS = 100

/**
 * Follows a JMeter results file while the test writes it: each look that finds something tells it once,
 * in one piece of news, or in several where it takes long to take in, e.g. all that was there at first.
 * A file that begins anew is a run of its own, and what was told of the one before it stands.
 *
 * Throws ImportError when the file is refused as a whole; broken lines are left out and counted.
 */
export async function tailJtl(file: GrowingFile, options: TailOptions): Promise<void> {
  const { name, pause, now, tell, signal, open = openJtlReading } = options
  const pace = createGrowthPace()
  let reading = open(name)
  let run = 1
  let trouble: FollowedState['trouble'] = null
  let metrics: readonly MetricId[] = []
  let untold: Observation[] = []
  let isLevel = false
  let hasGrown = false
  let grownAt = -Infinity
  let toldBytes = 0
  let told: Pick<FollowedState, 'run' | 'trouble'> | null = null

  function take({ bytes, readBytes, sizeBytes }: Extract<FileNews, { kind: 'bytes' }>) {
    reading.push(bytes)
    hasGrown = true
    if (isLevel || readBytes - toldBytes < sizeBytes / PROGRESS_STEPS) return
    toldBytes = readBytes
    tell({ kind: 'reading', progress: { bytes: readBytes, totalBytes: sizeBytes } })
  }

  function beginAnew() {
    untold.push(restOf(reading))
    reading = open(name)
    run += 1
    metrics = []
    hasGrown = true
  }

  /** Tells what the look brought, unless it brought nothing. */
  function tellNews() {
    if (hasGrown) {
      grownAt = now()
      // What was there when the following began did not grow under our eyes.
      if (isLevel) pace.grew(grownAt)
    }
    const isQuiet = now() - grownAt >= QUIET_MS
    const newest = reading.news({ isQuiet })
    metrics = [...new Set([...metrics, ...newest.metrics.map(({ id }) => id)])]
    untold.push(newest)
    const observations = untold.filter(hasAnything)
    untold = []
    const hasChanged = told?.run !== run || told.trouble?.why !== trouble?.why
    if (!hasGrown && !hasChanged && observations.length === 0) return
    told = { run, trouble }
    const state = { run, soFar: reading.counts(), metrics, paceMs: pace.paceMs(), trouble }
    const [first = [], ...others] = groupedByWork(observations)
    tell({ kind: 'heard', observations: first, state, hasGrown })
    for (const more of others) tell({ kind: 'heard', observations: more, state, hasGrown: false })
    hasGrown = false
  }

  for await (const news of followFile(file, { pause })) {
    if (news.kind === 'bytes') take(news)
    else if (news.kind === 'anew') beginAnew()
    if (signal.aborted) break
    if (news.kind === 'level' || news.kind === 'trouble') {
      trouble = news.kind === 'trouble' ? { why: news.why, reason: news.reason } : null
      tellNews()
      isLevel ||= news.kind === 'level'
    }
  }
  // Called off before anything was told: there is nothing to end.
  if (!isLevel) return
  untold.push(restOf(reading))
  tellNews()
}

/** What a reading still has to tell when its file is over: the newest second, and where the run ends. */
function restOf(reading: JtlReading): Observation {
  if (!reading.counts()?.summary.samples) return NOTHING_OBSERVED
  reading.end()
  return reading.news()
}

/** What may be taken in at one go: everything, unless one of them is so long that it comes in parts. */
function groupedByWork(observations: readonly Observation[]): (readonly Observation[])[] {
  const parts = observations.map(inParts)
  return parts.every(({ length }) => length === 1)
    ? [observations]
    : parts.flat().map((one) => [one])
}

const hasAnything = (observed: Observation) =>
  Object.values(observed).some((part: readonly unknown[]) => part.length > 0)
