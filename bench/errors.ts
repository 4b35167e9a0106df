/**
 * What error events cost: the marks of all classes for one frame of a gesture, with events in view
 * and without; adding them one by one. Times belong to the machine. Run with `npx tsx bench/errors.ts`.
 */
import { pathToFileURL } from 'node:url'
import { ERROR_CLASSES, type ErrorEvent, errorEvent } from '#domain/errors/errorEvent.ts'
import { epochMs, HOUR_MS } from '#domain/units.ts'
import { createErrorLog, MOST_ERROR_EVENTS } from '#monitor/errorLog.ts'
import { errorMarks } from '#ui/charts/errorMarks.ts'
import { byTurnsMs } from './measure.ts'
import { report } from './record.ts'

const COLUMNS = 1_120
const START = Date.UTC(2026, 8, 17)
const DAY_MS = 24 * HOUR_MS
/** As wide as the marks of the lanes are: triangles for the first class, glyphs for the others. */
const MERGE_PX = ERROR_CLASSES.map((_, i) => (i === 0 ? 5 : 9))

/** Events of all classes over a day, now denser and now thinner. */
function events(count: number): ErrorEvent[] {
  return Array.from({ length: count }, (_, i) => {
    const share = (i + 0.4 * Math.sin(i / 500)) / count
    return errorEvent({
      at: epochMs(Math.floor(START + share * DAY_MS)),
      class: ERROR_CLASSES[(i * 7_919) % ERROR_CLASSES.length]!,
      source: 'feed',
      correlationId: `c${i}`,
    })
  })
}

/** One frame of a pan: the window is a pixel further each time. */
function frameOf(added: readonly ErrorEvent[], lengthMs: number) {
  const log = createErrorLog((flush) => flush())
  log.add(added)
  let frame = 0
  return () => {
    frame += 1
    const from = epochMs(START + ((frame % 50) * lengthMs) / COLUMNS)
    const window = { from, to: epochMs(from + lengthMs) }
    return ERROR_CLASSES.map((each, i) => errorMarks(log, each, window, COLUMNS, MERGE_PX[i]!))
  }
}

/** One more event in a full log, over as many as make it give up its oldest twice. */
function addOneByOneUs(): number {
  const log = createErrorLog((flush) => flush())
  log.add(events(MOST_ERROR_EVENTS))
  const more = Math.ceil(0.2 * MOST_ERROR_EVENTS)
  const start = performance.now()
  for (let i = 0; i < more; i++) {
    const at = epochMs(START + DAY_MS + i * 100)
    log.add([errorEvent({ at, class: 'capacity', source: 'feed', correlationId: `m${i}` })])
  }
  return ((performance.now() - start) * 1_000) / more
}

export function benchErrors() {
  const cases = [
    { name: 'none', of: 0, lengthMs: DAY_MS },
    { name: '1 000', of: 1_000, lengthMs: DAY_MS },
    { name: '100 000', of: 100_000, lengthMs: DAY_MS },
    { name: '200 000', of: MOST_ERROR_EVENTS, lengthMs: DAY_MS },
    { name: '1 h of 24', of: MOST_ERROR_EVENTS, lengthMs: HOUR_MS },
  ]
  const times = byTurnsMs(cases.map(({ of, lengthMs }) => frameOf(events(of), lengthMs)))
  const marks = cases.map(({ name }, i) => [
    name,
    { 'a frame ms': times[i]!, 'more ms': times[i]! - times[0]! },
  ])
  report('errors', {
    title: `errors: marks of all classes for one frame of ${COLUMNS} pixels, by events in view`,
    command: 'npx tsx bench/errors.ts',
    rows: { ...Object.fromEntries(marks), 'one more': { 'add µs': addOneByOneUs() } },
    goals: [],
  })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) benchErrors()
