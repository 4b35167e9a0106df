import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SCENARIOS, scenarioNamed } from '../scenarios.ts'
import type { ScenarioName, SimSec } from '../scenarios/scenario.ts'
import { callsAt } from './calls.ts'
import { connectionSecond, openAt } from './connections.ts'
import { attemptsInSecond, errorsInSecond, isBurstOn } from './errors.ts'
import { limitAt } from './limits.ts'
import { markersInSecond } from './markers.ts'
import { presencesAt, USERS, usersOnlineAt } from './people.ts'
import { AT_LIMIT_SHARE, episodesAtLimit, floorsWithin, iterationsWithin } from './truth.ts'
import { createWorld, FIRST_SEC, simSecAt, type World } from './world.ts'

const START_MS = 1_795_414_000_000
const HOUR = { from: FIRST_SEC, to: 0 }
const STORY = { from: FIRST_SEC, to: 1800 }

const world = (name: ScenarioName, seed = 42) => createWorld(scenarioNamed(name)!, seed, START_MS)
const seconds = ({ from, to }: { from: SimSec; to: SimSec }) =>
  Array.from({ length: to - from }, (_, i) => from + i)
const names = SCENARIOS.map(({ name }) => name)
const anyWorld = fc
  .tuple(fc.constantFrom(...names), fc.integer())
  .map(([name, seed]) => world(name, seed))
const anySec = fc.integer({ min: FIRST_SEC, max: 100_000 })

const everythingAt = (w: World, sec: SimSec) => ({
  books: connectionSecond(w, sec),
  errors: errorsInSecond(w, sec),
  calls: callsAt(w, sec),
  markers: markersInSecond(w, sec),
  online: usersOnlineAt(w, sec),
})

test('there are ten scenarios of different names', () => {
  expect(new Set(names).size).toBe(10)
  expect(scenarioNamed('no such')).toBeNull()
})

test('the same question has the same answer, in whichever order questions come', () => {
  fc.assert(
    fc.property(anyWorld, fc.array(anySec, { minLength: 2, maxLength: 8 }), (w, secs) => {
      const forth = secs.map((sec) => everythingAt(w, sec))
      const back = secs.toReversed().map((sec) => everythingAt(w, sec))
      expect(back.toReversed()).toEqual(forth)
    }),
  )
})

test('the story does not depend on when it starts, only on the seed', () => {
  const later = createWorld(scenarioNamed('limit-raised')!, 42, START_MS + 86_400_123)
  const here = seconds(HOUR).map((sec) => everythingAt(world('limit-raised'), sec))
  expect(seconds(HOUR).map((sec) => everythingAt(later, sec))).toEqual(here)
  const other = seconds(HOUR).map((sec) => openAt(world('limit-raised', 43), sec))
  expect(other).not.toEqual(here.map(({ books }) => books.open))
})

test('the books balance: opened minus closed is the change, and nothing exceeds the limit', () => {
  fc.assert(
    fc.property(anyWorld, anySec, (w, sec) => {
      const { open, limit, accepted, closed, refused } = connectionSecond(w, sec)
      expect(open - openAt(w, sec - 1)).toBe(accepted - closed)
      expect(open).toBeLessThanOrEqual(limit)
      expect(open).toBeGreaterThanOrEqual(0)
      if (refused > 0) expect(open).toBe(limit)
    }),
    { numRuns: 2000 },
  )
})

test('attempts are the accepted, the refused and those that failed on the way', () => {
  fc.assert(
    fc.property(anyWorld, anySec, (w, sec) => {
      const books = connectionSecond(w, sec)
      const attempts = attemptsInSecond(books, errorsInSecond(w, sec))
      expect(attempts).toBeGreaterThanOrEqual(books.accepted + books.refused)
    }),
  )
})

test.each(names)('%s is at the limit exactly when its truth says so', (name) => {
  const w = world(name)
  const episodes = episodesAtLimit(w, STORY)
  const edge = 6
  for (const sec of seconds(STORY)) {
    const isAtLimit = openAt(w, sec) >= AT_LIMIT_SHARE * limitAt(w, sec)
    const distances = episodes.map(({ from, to }) => Math.min(sec - from, to - sec))
    const inside = Math.max(...distances)
    if (inside > edge) expect(isAtLimit, `second ${sec}`).toBe(true)
    if (inside < -edge) expect(isAtLimit, `second ${sec}`).toBe(false)
  }
})

test.each(names.filter((name) => scenarioNamed(name)!.truth.verdict === 'capacity-bound'))(
  '%s refuses at the limit: in the past, and again within two minutes of the start',
  (name) => {
    const w = world(name)
    const refusedIn = (from: SimSec, to: SimSec) =>
      seconds({ from, to }).reduce((sum, sec) => sum + connectionSecond(w, sec).refused, 0)
    expect(episodesAtLimit(w, HOUR).length).toBeGreaterThanOrEqual(1)
    expect(refusedIn(FIRST_SEC, 0)).toBeGreaterThan(100)
    expect(refusedIn(0, 120)).toBeGreaterThan(20)
  },
)

test.each(names.filter((name) => scenarioNamed(name)!.truth.verdict === 'not-capacity-bound'))(
  '%s never reaches the limit',
  (name) => {
    expect(episodesAtLimit(world(name), STORY)).toEqual([])
    const most = Math.max(...seconds(STORY).map((sec) => openAt(world(name), sec)))
    expect(most).toBeLessThan(0.9 * limitAt(world(name), 0))
  },
)

test.each(['leaking-app', 'limit-raised'] as const)('%s leaks as much as planted', (name) => {
  const w = world(name)
  const leak = w.scenario.truth.leakPerIteration!
  const floors = floorsWithin(w, HOUR).map(({ from, to, value }) => {
    const lowest = Math.min(...seconds({ from, to }).map((sec) => openAt(w, sec)))
    expect(Math.abs(lowest - value)).toBeLessThan(10)
    return lowest
  })
  expect(floors).toHaveLength(8)
  const rise = (floors.at(-1)! - floors[0]!) / 7
  expect(Math.abs(rise - leak)).toBeLessThan(2)
})

test('raising the limit takes the refusals away although as many connections are wanted', () => {
  const w = world('limit-raised')
  const refused = (from: SimSec, to: SimSec) =>
    seconds({ from, to }).reduce((sum, sec) => sum + connectionSecond(w, sec).refused, 0)
  const [, first] = w.scenario.limits
  expect(refused(FIRST_SEC, first!.from)).toBeGreaterThan(5 * refused(first!.from, 0))
  expect(limitAt(w, 239)).toBe(1000)
  expect(limitAt(w, 240)).toBe(1500)
  expect(refused(180, 240)).toBeGreaterThan(100)
  expect(refused(240, 7200)).toBe(0)
  expect(openAt(w, 270)).toBeGreaterThan(1080)
})

test('a storm is many attempts at one second, at regular gaps', () => {
  const w = world('retry-storm')
  const refusals = seconds({ from: 90, to: 280 }).map((sec) => ({
    sec,
    refused: connectionSecond(w, sec).refused,
  }))
  const big = refusals.filter(({ refused }) => refused > 50)
  expect(big.length).toBeGreaterThan(20)
  expect(big.every(({ sec }) => sec % w.scenario.truth.stormGapSec! === 0)).toBe(true)
})

test('bursts of 503 at low use fall into the planted windows', () => {
  const w = world('not-capacity')
  const burst = w.scenario.bursts[0]!
  const counts = { within: 0, outside: 0 }
  for (const sec of seconds(HOUR)) {
    const capacity = errorsInSecond(w, sec).filter((group) => group.class === 'capacity')
    const count = capacity.reduce((sum, group) => sum + group.count, 0)
    counts[isBurstOn(burst, sec) ? 'within' : 'outside'] += count
  }
  expect(counts.within).toBeGreaterThan(300)
  expect(counts.outside).toBeLessThan(30)
})

test('a flapping network breaks half of the sockets and gets them back', () => {
  const w = world('flapping-network')
  const at = w.scenario.drops!.firstAt
  const before = openAt(w, at - 1)
  expect(openAt(w, at + 4)).toBeLessThan(0.6 * before)
  expect(openAt(w, at + 60)).toBeGreaterThan(0.95 * before)
  const broken = seconds({ from: at, to: at + 6 }).reduce(
    (sum, sec) => sum + connectionSecond(w, sec).broken,
    0,
  )
  expect(broken).toBeGreaterThan(0.4 * before)
})

test('call capacity moves ahead of the calls in auto-scaling, and says so before', () => {
  const w = world('auto-scaling')
  const states = seconds({ from: FIRST_SEC, to: 2400 }).map((sec) => callsAt(w, sec))
  expect(new Set(states.map(({ maxSessions }) => maxSessions))).toEqual(new Set([1000, 1200, 800]))
  expect(Math.max(...states.map((s) => s.sessions / s.maxSessions))).toBeLessThan(1)
  for (const [i, state] of states.entries()) {
    const next = states[i + 1]
    if (next && next.maxSessions > state.maxSessions) expect(state.scaling).toBe('Up')
    if (next && next.maxSessions < state.maxSessions) expect(state.scaling).toBe('Down')
  }
})

test('every user has one presence', () => {
  fc.assert(
    fc.property(anyWorld, anySec, (w, sec) => {
      const presences = presencesAt(w, sec)
      const total = presences.reduce((sum, { count }) => sum + count, 0)
      const offline = presences.find(({ presence }) => presence === 'OFFLINE')!.count
      expect(total).toBe(USERS)
      expect(total - offline).toBe(usersOnlineAt(w, sec))
    }),
  )
})

test('each iteration is marked where it begins and where its load ends', () => {
  const w = world('ramp-to-limit')
  const markers = seconds({ from: FIRST_SEC, to: 450 }).flatMap((sec) => markersInSecond(w, sec))
  const iterations = iterationsWithin(w, { from: FIRST_SEC, to: 450 })
  expect(iterations).toHaveLength(9)
  expect(markers.filter(({ kind }) => kind === 'iteration').map(({ at }) => at)).toEqual(
    iterations.map(({ startsAt }) => startsAt),
  )
  expect(markers.filter(({ kind }) => kind === 'end').map(({ at }) => at)).toEqual(
    iterations.map(({ endsAt }) => endsAt),
  )
  expect(markers.filter(({ kind }) => kind === 'run').map(({ at, label }) => [at, label])).toEqual([
    [FIRST_SEC, 'Run 7'],
    [0, 'Run 8'],
  ])
})

test('samples fall on whole seconds, whatever the start', () => {
  const w = createWorld(scenarioNamed('quiet')!, 1, START_MS + 777)
  expect(w.startMs % 1000).toBe(0)
  expect(simSecAt(w, w.startMs - 1)).toBe(-1)
  expect(simSecAt(w, w.startMs + 1999)).toBe(1)
})
