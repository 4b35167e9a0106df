import { ERROR_CLASSES, type ErrorClass, type ErrorEvent } from '../../errors/errorEvent.ts'
import type { Grade } from '../../errors/grade.ts'
import type { FailureProfile } from '../evidence.ts'
import type { FailureColumns } from '../watchedSeries.ts'

/** What the failures of a window are made of; `events` are all of it, in any order. */
export function failureProfile(
  events: readonly ErrorEvent[],
  grades: Readonly<Record<Grade, number>>,
): FailureProfile {
  const classes = Object.fromEntries(ERROR_CLASSES.map((name) => [name, 0])) as Record<
    ErrorClass,
    number
  >
  for (const event of events) classes[event.class] += event.count
  return { classes, grades, commonest: commonestOf(events, classes) }
}

/** Of the commonest class other than capacity, the route and app that failed most. */
function commonestOf(
  events: readonly ErrorEvent[],
  classes: FailureProfile['classes'],
): FailureProfile['commonest'] {
  const others = ERROR_CLASSES.filter((name) => name !== 'capacity')
  const [first] = others.toSorted((a, b) => classes[b] - classes[a])
  if (first === undefined || classes[first] === 0) return null
  const counts = new Map<string, { route: string | null; app: string | null; count: number }>()
  for (const { class: errorClass, route, app, count } of events) {
    if (errorClass !== first) continue
    const key = JSON.stringify([route, app])
    const known = counts.get(key)
    if (known) known.count += count
    else counts.set(key, { route, app, count })
  }
  let most: { route: string | null; app: string | null; count: number } | null = null
  for (const group of counts.values()) if (!most || group.count > most.count) most = group
  return most && { class: first, ...most }
}

/** Events, oldest first, as columns. */
export function failureColumns(events: readonly ErrorEvent[]): FailureColumns {
  const columns = {
    timeMs: new Float64Array(events.length),
    count: new Float64Array(events.length),
  }
  for (const [i, { at, count }] of events.entries()) {
    columns.timeMs[i] = at
    columns.count[i] = count
  }
  return columns
}
