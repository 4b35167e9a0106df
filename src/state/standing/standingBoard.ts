import type { Organisation } from '#domain/organisation.ts'
import { durationMs, type OrgId } from '#domain/units.ts'
import type { Clock, Timer } from '#monitor/clock.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import { repeat } from '#monitor/repeat.ts'
import { dataAge } from '../dataAge.ts'
import { createForecastRound } from './forecastRound.ts'
import { createChangeFinder } from './limitChange.ts'
import { orgStanding } from './orgStanding.ts'
import {
  type Member,
  type Standing,
  type StandingBoard,
  type StandingList,
  type StandingWord,
  standingWord,
} from './standing.ts'
import { worstStandingFirst } from './standingOrder.ts'

type Options = {
  /** All organisations of this browser, as they are now. */
  members: () => readonly Member[]
  /** Hears of other members, and of how their watch begins. Returns the way out. */
  subscribe: (listener: () => void) => () => void
  clock: Clock
  timer: Timer
}

/** Numbers are read once a second; more often nobody reads them. */
export const LOOK_EVERY_MS = 1_000
/** Organisations of the same state change places no more often than this. */
export const SETTLE_MS = 10_000
/** After the pointer moved over a row, the order holds so long. */
export const TOUCHED_MS = 3_000

type Entry = {
  organisation: Organisation
  standing: Standing
  changeOf: ReturnType<typeof createChangeFinder>
}

/**
 * How all organisations stand, outside React: each is read once a second, and its readers hear only
 * of what is new of it. A worse state moves an organisation at once; numbers that pass each other do so
 * only now and then, and nothing moves under the pointer.
 */
export function createStandingBoard({ members, subscribe, clock, timer }: Options): StandingBoard {
  const entries = new Map<OrgId, Entry>()
  const listeners = new Set<() => void>()
  const listenersOf = new Map<OrgId, Set<() => void>>()
  const forecasts = createForecastRound(clock)
  let list: StandingList = { organisations: [], counts: new Map() }
  let words = ''
  let orderedAt = -Infinity
  let touchedAt = -Infinity
  let stop: (() => void) | null = null
  let hasLooked = false

  function look() {
    hasLooked = true
    const all = members()
    const known = new Set(all.map(({ organisation }) => organisation.id))
    for (const id of entries.keys()) if (!known.has(id)) entries.delete(id)
    for (const member of all) read(member)
    forecasts.next(all.flatMap(({ watch }) => (watch?.kind === 'watched' ? [watch.watched] : [])))
    arrange()
  }

  function read(member: Member) {
    const { organisation } = member
    const { id } = organisation
    const entry = entries.get(id)
    const changeOf = entry?.changeOf ?? createChangeFinder()
    const standing = standingOf(member, changeOf, forecasts.of(id))
    if (entry && entry.organisation === organisation && isSame(entry.standing, standing)) return
    entries.set(id, { organisation, standing, changeOf })
    for (const listener of listenersOf.get(id) ?? []) listener()
  }

  function arrange() {
    const all = [...entries.values()]
    const now = clock.now()
    const nextWords = JSON.stringify(
      all.map(({ organisation, standing }) => [organisation.id, standingWord(standing)]),
    )
    const before = list.organisations
    const isOther =
      before.length !== all.length ||
      before.some((one) => entries.get(one.id)?.organisation !== one)
    const isHeld = Math.abs(now - touchedAt) < TOUCHED_MS
    const isDue = nextWords !== words || Math.abs(now - orderedAt) >= SETTLE_MS
    if (!isOther && !isDue) return
    const organisations = isHeld && !isOther ? before : worstStandingFirst(all).map(organisationOf)
    const isMoved = isOther || organisations.some((one, i) => one !== before[i])
    // What was held back is due as soon as the pointer rests.
    if (!isHeld || isOther) orderedAt = now
    if (!isMoved && nextWords === words) return
    words = nextWords
    list = { organisations, counts: countsOf(all) }
    for (const listener of listeners) listener()
  }

  /** So that the first picture is whole: nothing is read while nobody listens. */
  function lookFirst() {
    if (!stop && !hasLooked) look()
  }

  function join() {
    if (stop) return
    const leave = [subscribe(look), repeat(timer, LOOK_EVERY_MS, look)]
    stop = () => leave.forEach((way) => way())
    look()
  }

  function leaveIfAlone() {
    if (listeners.size > 0 || listenersOf.size > 0) return
    stop?.()
    stop = null
    hasLooked = false
  }

  return {
    list() {
      lookFirst()
      return list
    },
    subscribe(listener) {
      listeners.add(listener)
      join()
      return () => {
        listeners.delete(listener)
        leaveIfAlone()
      }
    },
    standing(id) {
      lookFirst()
      return entries.get(id)?.standing ?? null
    },
    subscribeTo(id, listener) {
      const own = listenersOf.get(id) ?? new Set()
      listenersOf.set(id, own.add(listener))
      join()
      return () => {
        own.delete(listener)
        if (own.size === 0) listenersOf.delete(id)
        leaveIfAlone()
      }
    },
    touched() {
      touchedAt = clock.now()
    },
  }
}

const organisationOf = ({ organisation }: Entry) => organisation

function countsOf(all: readonly Entry[]): ReadonlyMap<StandingWord, number> {
  const counts = new Map<StandingWord, number>()
  for (const { standing } of all) {
    const word = standingWord(standing)
    counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return counts
}

function standingOf(
  { watch, isSignedIn }: Member,
  changeOf: Entry['changeOf'],
  forecast: string | null,
): Standing {
  if (watch === null) return { kind: isSignedIn ? 'notOpened' : 'signedOut' }
  if (watch.kind !== 'watched') return watch
  const { monitor } = watch.watched
  return { kind: 'watched', ...numbersOf(monitor, changeOf), forecast }
}

function numbersOf(monitor: OrgMonitor, changeOf: Entry['changeOf']) {
  const facts = monitor.facts()
  const now = monitor.now()
  const { state, ageMs } = dataAge(facts.sources, now)
  const { requestsLastMinute, allowedPerMinute } = facts.footprint
  return {
    ...orgStanding(facts, monitor, now),
    change: changeOf(facts),
    ageState: state,
    // Whole seconds: it is no news that 4 s became 4.2 s.
    ageMs: ageMs === null ? null : durationMs(Math.round(ageMs / 1_000) * 1_000),
    requestsLastMinute,
    allowedPerMinute,
    role: facts.role,
  }
}

/** Standings are flat, but for the peak; the rest keeps its identity while it is the same. */
const isSame = (a: Standing, b: Standing) =>
  a.kind === b.kind &&
  Object.entries(b).every(([key, value]) => {
    const before: unknown = a[key as keyof Standing]
    return (
      Object.is(before, value) ||
      (key === 'peak' && JSON.stringify(before) === JSON.stringify(value))
    )
  })
