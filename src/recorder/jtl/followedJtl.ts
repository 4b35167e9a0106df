import type { Observation } from '#domain/observation.ts'
import { durationMs, type EpochMs, epochMs } from '#domain/units.ts'
import type { Clock, Timer } from '#monitor/clock.ts'
import { ImportError } from '#sources/imports/importError.ts'
import { redact } from '#sources/imports/redaction.ts'
import { type TailNews, tailJtl } from '#sources/imports/tail/tailJtl.ts'
import type { EventLog } from '../eventLog.ts'
import { LOG_KEPT_MS } from '../log/orgLog.ts'
import { openCountedReading } from './countedReading.ts'
import { diskFile } from './diskFile.ts'
import { createJtlEvents, type Older } from './jtlEvents.ts'
import { type MarkedReading, openMarkedReading } from './markedReading.ts'
import type { ReadMarks } from './readMarks.ts'
import { recentPart } from './recentPart.ts'

/** How a followed file fares. `isUp` is null while there is none: nothing to read is no failure. */
export type JtlStatus = { file: string; isUp: boolean | null; lastReadAt: EpochMs | null }

/** A results file that a load generator writes beside the recorder. */
export type FollowedJtl = {
  status: () => JtlStatus
  /** Looks no more. What was not told yet is told by the next run. */
  stop: () => Promise<void>
}

type Options = {
  path: string
  /** Its name without its place: what series, log and metrics call it. */
  file: string
  marks: ReadMarks
  clock: Clock
  timer: Timer
  log: EventLog
  /** Takes in what was told, which may be a day at once; resolves when it has. */
  observe: (observed: Observation) => Promise<void>
}

/** JMeter begins a new second once a second. */
export const LOOK_EVERY_MS = durationMs(1_000)
/** A file that is no JTL may be replaced by one. */
const REFUSED_AGAIN_MS = durationMs(10_000)

/** Follows a JTL until it is stopped, whatever becomes of the file. */
export function followJtlOnDisk(options: Options): FollowedJtl {
  const { path, file, marks, clock, timer, log, observe } = options
  const events = createJtlEvents(file, log)
  const stopping = new AbortController()
  const { signal } = stopping
  let lookedMs = 0
  let isUp: boolean | null = null
  let lastReadAt: EpochMs | null = null
  let reading: MarkedReading | null = null
  let run = 1
  let older: Older = { samples: 0, errors: 0 }
  let untaken: Observation[] = []

  /** Looks are the clock: it stands still during one, and a clock that is set is none of its business. */
  const now = () => lookedMs
  const keptSince = () => epochMs(clock.now() - LOG_KEPT_MS)

  function wait(ms: number) {
    return new Promise<void>((resolve) => {
      const cancel = timer.after(ms, done)
      function done() {
        signal.removeEventListener('abort', done)
        cancel()
        resolve()
      }
      if (signal.aborted) done()
      else signal.addEventListener('abort', done)
    })
  }

  function open(name: string) {
    const told = reading ? null : marks.of(file)
    reading = openMarkedReading({ reading: openCountedReading(name), told, now })
    return reading
  }

  function tell(news: TailNews) {
    // After the stop come the newest second and the end of the run, which goes on without us.
    if (news.kind !== 'heard' || signal.aborted) return
    const { state, observations } = news
    if (state.run !== run) older = { samples: 0, errors: 0 }
    run = state.run
    isUp = state.trouble === null ? true : state.trouble.why === 'gone' ? null : false
    for (const observed of observations) {
      const { recent, olderSamples, olderErrors } = recentPart(observed, keptSince())
      older = { samples: older.samples + olderSamples, errors: older.errors + olderErrors }
      untaken.push(recent)
    }
    events.heard(state)
  }

  /** All that a look brought was told. It is taken in to its end also where it is stopped meanwhile: the mark covers it. */
  async function pause() {
    if (signal.aborted) return
    if (isUp) lastReadAt = clock.now()
    for (const observed of untaken) await observe(observed)
    untaken = []
    events.leftOut(run, older, keptSince())
    marks.set(file, reading?.mark() ?? null)
    await wait(LOOK_EVERY_MS)
    lookedMs += LOOK_EVERY_MS
  }

  async function follow() {
    while (!signal.aborted) {
      reading = null
      run = 1
      try {
        await tailJtl(diskFile(path), { name: file, pause, now, tell, signal, open })
      } catch (error) {
        isUp = false
        if (signal.aborted) return
        if (!(error instanceof ImportError)) throw error
        events.refused(redact(error.message).text)
        await wait(REFUSED_AGAIN_MS)
      }
    }
  }

  const following = follow().catch((error: unknown) => events.failed((error as Error).message))

  return {
    status: () => ({ file, isUp, lastReadAt }),
    async stop() {
      stopping.abort()
      await following
    },
  }
}
