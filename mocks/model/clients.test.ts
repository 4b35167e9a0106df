import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SCENARIOS, scenarioNamed } from '../scenarios.ts'
import type { ScenarioName, SimSec } from '../scenarios/scenario.ts'
import { type ClientAct, clientActsInSecond } from './clients.ts'
import { connectionSecond, LIFE_SEC, openAt } from './connections.ts'
import { iterationAt, unreleasedIn } from './iterations.ts'
import { episodesAtLimit, floorsWithin, retriesWithin } from './truth.ts'
import { createWorld, FIRST_SEC, type World } from './world.ts'

const START_MS = 1_795_414_000_000
/** A minute within which an attempt counts as a retry (evidence-methods §5). */
const RETRY_WITHIN_MS = 60_000

const names = SCENARIOS.map(({ name }) => name)
const identified = names.filter((name) => scenarioNamed(name)!.identifiesClients)
const world = (name: ScenarioName, seed = 42) => createWorld(scenarioNamed(name)!, seed, START_MS)
const seconds = (from: SimSec, to: SimSec) => Array.from({ length: to - from }, (_, i) => from + i)
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

type Act = ClientAct & { atMs: number }
const actsWithin = (w: World, from: SimSec, to: SimSec): Act[] =>
  seconds(from, to).flatMap((sec) =>
    clientActsInSecond(w, sec).map((act) => ({ ...act, atMs: sec * 1000 + act.withinMs })),
  )

/** What each client did, in order. */
function perClient(acts: readonly Act[]): Act[][] {
  const groups = new Map<string, Act[]>()
  for (const act of acts) {
    const own = groups.get(act.client)
    if (own) own.push(act)
    else groups.set(act.client, [act])
  }
  return [...groups.values()]
}

/** Milliseconds from each refusal of a client to its next attempt, where that is a retry. */
const retryGaps = (acts: readonly Act[]) =>
  perClient(acts.filter(({ event }) => event !== 'closed')).flatMap((own) =>
    own.slice(1).flatMap((act, i) => {
      const before = own[i]!
      const gap = act.atMs - before.atMs - before.tookMs
      return before.event === 'refused' && gap <= RETRY_WITHIN_MS ? [gap] : []
    }),
  )

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

test.each(names)('client by client, %s adds up to its books, second by second', (name) => {
  const w = world(name)
  for (const sec of seconds(FIRST_SEC, 600)) {
    const acts = clientActsInSecond(w, sec)
    const count = (kind: ClientAct['event']) => acts.filter(({ event }) => event === kind).length
    const { accepted, closed, refused } = connectionSecond(w, sec)
    expect([count('opened'), count('closed'), count('refused')]).toEqual([
      accepted,
      closed,
      refused,
    ])
  }
})

test.each(names)(
  'in %s nobody opens what is open, nor closes or is refused without need',
  (name) => {
    const w = world(name)
    const open = new Set(seconds(1, openAt(w, FIRST_SEC - 1) + 1).map((rank) => `c${rank}`))
    let lastMs = Number.NEGATIVE_INFINITY
    // Collected and expected once: tens of thousands of expectations take seconds on a busy machine.
    const wrong = actsWithin(w, FIRST_SEC, 600).filter((act) => {
      const { event, client, atMs, withinMs, tookMs } = act
      const isClosing = event === 'closed'
      const isRight =
        open.has(client) === isClosing &&
        atMs >= lastMs &&
        withinMs < 1000 &&
        tookMs > 0 === !isClosing
      if (event === 'opened') open.add(client)
      if (isClosing) open.delete(client)
      lastMs = atMs
      return !isRight
    })
    expect(wrong).toEqual([])
    expect(open.size).toBe(openAt(w, 599))
  },
)

test('a second says the same whenever it is asked about, and a client is a few letters', () => {
  const anySec = fc.integer({ min: FIRST_SEC, max: 100_000 })
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.integer(), anySec, (name, seed, sec) => {
      const acts = clientActsInSecond(world(name, seed), sec)
      clientActsInSecond(world(name, seed), sec + 1)
      expect(clientActsInSecond(world(name, seed), sec)).toEqual(acts)
      for (const { client } of acts) expect(client).toMatch(/^c[1-9]\d*$/)
    }),
  )
})

test('in a storm those who were refused all come back together, every five seconds', () => {
  const w = world('retry-storm')
  const [episode] = episodesAtLimit(w, { from: FIRST_SEC, to: 0 })
  const beats = seconds(Math.ceil(episode!.from) + 10, Math.floor(episode!.to) - 20)
    .filter((sec) => sec % w.scenario.truth.stormGapSec! === 0)
    .map((sec) => clientActsInSecond(w, sec).filter(({ event }) => event === 'refused'))
  expect(beats.length).toBeGreaterThan(30)
  for (const [i, beat] of beats.entries()) {
    expect(Math.max(...beat.map(({ withinMs }) => withinMs))).toBeLessThan(300)
    const before = new Set(beats[i - 1]?.map(({ client }) => client))
    const again = beat.filter(({ client }) => before.has(client))
    if (i > 0) expect(again.length).toBeGreaterThan(0.8 * Math.min(beat.length, before.size))
  }
})

test.each(identified)('in %s a refused client comes back when it is planted to', (name) => {
  const { retryEverySec, isStorm } = scenarioNamed(name)!
  const gaps = retryGaps(actsWithin(world(name), FIRST_SEC, 0))
  expect(gaps.length).toBeGreaterThan(100)
  expect(Math.abs(median(gaps) / (1000 * retryEverySec) - 1)).toBeLessThan(0.1)
  const late = gaps.filter((gap) => gap > 1.35 * 1000 * retryEverySec)
  expect(late.length).toBeLessThan(0.05 * gaps.length)
  if (isStorm) return
  const early = gaps.filter((gap) => gap < 0.6 * 1000 * retryEverySec)
  expect(early.length).toBeLessThan(0.05 * gaps.length)
})

test.each(identified)('folded, the attempts of %s are the planted demands', (name) => {
  for (const seed of [1, 42, 99]) {
    const w = world(name, seed)
    const episodes = episodesAtLimit(w, { from: FIRST_SEC, to: 0 })
    expect(episodes.length).toBeGreaterThan(0)
    for (const { from, to } of episodes) {
      const stretch = { from: Math.ceil(from), to: Math.floor(to) - 25 }
      const acts = actsWithin(w, stretch.from, stretch.to)
      const attempts = acts.filter(({ event }) => event !== 'closed').length
      const folded = attempts - retryGaps(acts).length
      const planted = retriesWithin(w, stretch)
      expect(attempts).toBe(planted.attempts)
      expect(Math.abs(folded / planted.demands - 1)).toBeLessThan(0.08)
      // A storm is what its story plants: elsewhere fewer than two attempts stand for a demand.
      expect(planted.amplification > 2).toBe(w.scenario.isStorm)
    }
  }
})

test('a connection is kept for as long as planted', () => {
  const w = world('ramp-to-limit')
  const held = sum(seconds(FIRST_SEC, 0).map((sec) => openAt(w, sec)))
  const renewals = perClient(actsWithin(w, FIRST_SEC, 0)).flatMap((own) =>
    own.slice(1).filter((act, i) => {
      const before = own[i]!
      const isSameSecond = Math.floor(act.atMs / 1000) === Math.floor(before.atMs / 1000)
      return before.event === 'closed' && act.event === 'opened' && isSameSecond
    }),
  )
  expect(Math.abs(held / renewals.length / LIFE_SEC - 1)).toBeLessThan(0.1)
  const renewing = new Set(renewals.map(({ client }) => client))
  expect(renewing.size).toBeGreaterThan(600)
})

test('what is not given back is the leak of the iterations so far, and nothing where there is none', () => {
  const leaking = world('leaking-app')
  const { load, baseline, truth } = leaking.scenario
  const unreleased = (sec: SimSec) =>
    unreleasedIn(iterationAt(load!, baseline, sec)!, baseline, sec)
  expect(unreleased(FIRST_SEC)).toBe(0)
  const floors = floorsWithin(leaking, { from: FIRST_SEC, to: 0 })
  expect(floors.length).toBeGreaterThan(4)
  for (const [i, floor] of floors.entries())
    expect(unreleased(floor.from)).toBe((i + 1) * truth.leakPerIteration!)
  const tight = world('ramp-to-limit').scenario
  for (const sec of seconds(FIRST_SEC, 0))
    expect(unreleasedIn(iterationAt(tight.load!, tight.baseline, sec)!, tight.baseline, sec)).toBe(
      0,
    )
})
