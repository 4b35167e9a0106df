import { attemptsOf } from '#domain/evidence/demand/attempts.ts'
import type { ClientEvent } from '#domain/evidence/demand/clientEvents.ts'
import type { EvidenceInput } from '#domain/evidence/evidence.ts'
import { failureColumns, failureProfile } from '#domain/evidence/verdict/failureProfile.ts'
import type { WatchedSeries } from '#domain/evidence/watchedSeries.ts'
import { errorEvent } from '#domain/errors/errorEvent.ts'
import { durationMs, type EpochMs, epochMs, later, metricId } from '#domain/units.ts'
import { someGuard } from './someGuard.ts'

const START = epochMs(1_789_642_800_000)
const RAISED_SEC = 3_600
const SECONDS = 5_400
const LIMIT = 100
const CLIENTS = 20
/** Each iteration: 150 s of load, at the limit from the 80th second on, then 150 s of rest. */
const PERIOD = 300
const LEFT_OPEN = 4

const at = (sec: number): EpochMs => later(START, sec * 1_000)
const isOn = (sec: number) => sec % PERIOD < PERIOD / 2
const isFull = (sec: number) => sec < RAISED_SEC && isOn(sec) && sec % PERIOD >= 80
const iterationOf = (sec: number) => Math.floor(sec / PERIOD)

const columns = (valueAt: (sec: number) => number) => ({
  timeMs: Float64Array.from({ length: SECONDS }, (_, sec) => at(sec)),
  value: Float64Array.from({ length: SECONDS }, (_, sec) => valueAt(sec)),
})

/** Twenty clients that come every half minute or so, and every second while they are refused. */
function clientEvents(): ClientEvent[] {
  const events: ClientEvent[] = []
  for (let client = 0; client < CLIENTS; client++) {
    const tell = (sec: number, kind: ClientEvent['kind']) =>
      events.push({ at: at(sec), kind, client: `c${client}`, tookMs: kind === 'closed' ? 0 : 100 })
    for (let sec = client; sec < SECONDS; ) {
      if (isFull(sec)) {
        tell(sec, 'refused')
        sec += 1
        continue
      }
      tell(sec, 'opened')
      tell(sec + 15, 'closed')
      sec += 25 + ((7 * client + sec) % 10)
    }
  }
  return events.sort((a, b) => a.at - b.at)
}

/**
 * Ninety minutes in which everything happens that evidence can speak of: iterations that leave four
 * connections each and reach the limit, refused clients that come back every second, and after an hour
 * twice the limit, which cures it.
 */
export function plantedTest(): EvidenceInput {
  const events = clientEvents()
  const refused = events.filter(({ kind }) => kind === 'refused')
  const errors = refused.map((event) =>
    errorEvent({ at: event.at, class: 'capacity', source: 'feed', status: 503, count: 1 }),
  )
  const counts = new Float64Array(SECONDS)
  for (const { at: when, kind } of events)
    if (kind !== 'closed' && when < at(SECONDS)) counts[(when - START) / 1_000]! += 1
  const used = (sec: number) => {
    const floor = 5 + LEFT_OPEN * (iterationOf(sec) + (isOn(sec) ? 0 : 1))
    const rise = Math.min(1, (sec % PERIOD) / 80)
    return isOn(sec) ? Math.round(floor + (LIMIT - floor) * rise) : floor
  }
  const watched = (name: string, share: number): WatchedSeries => ({
    metric: metricId(name),
    title: name,
    provenance: 'measured',
    scope: 'organisation',
    series: columns((sec) => Math.round(share * used(sec))),
    limits: [
      { from: START, value: LIMIT, source: 'planted' },
      { from: at(RAISED_SEC), value: 2 * LIMIT, source: 'planted' },
    ],
    intervalMs: durationMs(1_000),
  })
  const subject = watched('Connections', 1)
  return {
    from: START,
    to: at(SECONDS),
    subject,
    rivals: [watched('Call sessions', 0.5)],
    forecasts: [subject],
    capacity: failureColumns(errors),
    profile: failureProfile(errors, { A: 0, B: 0, C: errors.length, D: 0 }),
    attempts: {
      timeMs: Float64Array.from(counts, (_, sec) => at(sec + 1)),
      value: counts,
    },
    clients: attemptsOf(events),
    run: {
      iterations: Array.from({ length: SECONDS / PERIOD }, (_, i) => ({
        number: i + 1,
        label: `Iteration ${i + 1}`,
        from: at(i * PERIOD),
        to: at((i + 0.5) * PERIOD),
      })),
      series: subject.series,
      clientSide: columns((sec) => (isOn(sec) ? used(sec) - LEFT_OPEN * iterationOf(sec) - 5 : 0)),
    },
    guards: [someGuard(columns((sec) => sec % 7))],
    own: 0,
    isDetailed: true,
    clockErrorMs: durationMs(200),
  }
}
