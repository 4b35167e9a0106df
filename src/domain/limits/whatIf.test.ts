import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clientActsInSecond } from '#mocks/model/clients.ts'
import { connectionSecond } from '#mocks/model/connections.ts'
import { createWorld, instantOf } from '#mocks/model/world.ts'
import { limitRaised } from '#mocks/scenarios/limitRaised.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { playedLosses } from '#testing/playedLosses.ts'
import { attemptsOf } from '../evidence/demand/attempts.ts'
import type { ClientEvent } from '../evidence/demand/clientEvents.ts'
import { demandsOf } from '../evidence/demand/demands.ts'
import { seededRandom } from '../stats/random.ts'
import { durationMs, epochMs, metricId } from '../units.ts'
import { type WhatIf, type WhatIfInput, whatIf } from './whatIf.ts'
import { whatIfWords } from './whatIfWords.ts'

const subjectOf = (series: WhatIfInput['subject']['series'], limit: number | null) => ({
  metric: metricId('connections.open'),
  title: 'WebSocket connections',
  provenance: 'measured' as const,
  scope: 'organisation' as const,
  intervalMs: durationMs(10_000),
  series,
  limits: limit === null ? [] : [{ from: epochMs(0), value: limit, source: 'test' }],
})

/** A place with 100 chairs and 110 who want one at a time, an hour long, seen through counts or by client. */
function recorded(seed: number, { limit = 100, offered = 110 } = {}) {
  const played = playedLosses({ limit, offered, holdSec: 60, hourSec: 3_600 }, seededRandom(seed))
  const input = (asked: number, known: Partial<WhatIfInput> = {}): WhatIfInput => ({
    from: epochMs(600_000),
    to: epochMs(3_600_000),
    subject: subjectOf(played.count, limit),
    hasAttempts: true,
    attempts: played.attempts,
    capacity: played.refusals,
    clients: null,
    limit: asked,
    ...known,
  })
  return { ...played, input }
}

test.each([80, 105, 115, 125])(
  'with clients told apart the replay is within 2 points of the truth at %i places',
  (asked) => {
    for (let seed = 1; seed <= 5; seed++) {
      const { input, clients, truth } = recorded(seed)
      const found = whatIf(input(asked, { clients })) as Extract<WhatIf, { kind: 'replay' }>
      expect(found.kind).toBe('replay')
      const { lost, of } = truth(asked, 600_000)
      expect(Math.abs(found.lost / found.of - lost / of)).toBeLessThan(0.02)
    }
  },
)

test.each([70, 90, 102, 110, 125, 150])(
  'from counts alone the bounds hold what happens with %i places',
  (asked) => {
    for (let seed = 1; seed <= 8; seed++) {
      const { input, truth } = recorded(seed, { offered: 92 })
      const found = whatIf(input(asked)) as Extract<WhatIf, { kind: 'bounds' }>
      expect(found.kind).toBe('bounds')
      const { lost } = truth(asked, 600_000)
      expect(found.low).toBeLessThanOrEqual(lost)
      expect(found.high).toBeGreaterThanOrEqual(lost)
    }
  },
)

/** What the simulator tells of an hour under a limit of its own. */
function simulated(limit: number, fromSec = -3_500, toSec = 0) {
  const scenario = { ...limitRaised, limits: [{ from: -4_000, value: limit, source: 'test' }] }
  const world = createWorld(scenario, 42, 1_795_414_000_000)
  const seconds = Array.from({ length: toSec - fromSec }, (_, i) => fromSec + i)
  const books = seconds.map((sec) => connectionSecond(world, sec))
  const timeMs = Float64Array.from(seconds, (sec) => instantOf(world, sec))
  const events = seconds.flatMap((sec): ClientEvent[] =>
    clientActsInSecond(world, sec).map(({ withinMs, event, client, tookMs }) => ({
      at: epochMs(instantOf(world, sec) + withinMs),
      kind: event,
      client,
      tookMs,
    })),
  )
  const input: Omit<WhatIfInput, 'limit'> = {
    from: instantOf(world, fromSec),
    to: instantOf(world, toSec),
    subject: subjectOf({ timeMs, value: Float64Array.from(books, ({ open }) => open) }, limit),
    hasAttempts: true,
    attempts: {
      timeMs: timeMs.map((at) => at + 1_000),
      value: Float64Array.from(books, ({ accepted, refused }) => accepted + refused),
    },
    capacity: { timeMs, count: Float64Array.from(books, ({ refused }) => refused) },
    clients: attemptsOf(events),
  }
  const { failed } = input.clients!
  const { ofAttempt } = demandsOf(input.clients!)
  const turned = new Set(ofAttempt.filter((_, i) => failed[i] === 1)).size
  return { input, turned, demands: new Set(ofAttempt).size }
}

test('the simulated organisation under another limit turns away as many as the bounds allow', () => {
  const { input } = simulated(900)
  const counts = { ...input, clients: null }
  for (const limit of [700, 800, 950, 1_000, 1_200]) {
    const { turned } = simulated(limit)
    const found = whatIf({ ...counts, limit })
    if (found.kind !== 'bounds') throw new Error(`${limit}: ${found.kind}`)
    expect(found.low).toBeLessThanOrEqual(turned)
    expect(found.high).toBeGreaterThanOrEqual(turned)
  }
  expect(simulated(1_200).turned).toBe(0)
})

test('the replay of the simulated organisation is within 2 points of the truth above its limit', () => {
  const { input } = simulated(900)
  for (const limit of [950, 1_000, 1_200]) {
    const found = whatIf({ ...input, limit })
    if (found.kind !== 'replay') throw new Error(`${limit}: ${found.kind}`)
    const { turned, demands } = simulated(limit)
    expect(Math.abs(found.lost / found.of - turned / demands)).toBeLessThan(0.02)
  }
})

test('under the limit that was in force it says what happened', () => {
  const { input, refusals } = recorded(1)
  const lost = refusals.timeMs.filter((at) => at >= 600_000).length
  expect(whatIf(input(100))).toMatchObject({ kind: 'recorded', lost })
})

test.each([
  ['not-measured', { from: epochMs(9e9), to: epochMs(9e9 + 1) }],
  ['no-attempts', { attempts: null }],
  ['rejections-unseen', { capacity: { timeMs: new Float64Array(), count: new Float64Array() } }],
] as const)('refuses: %s', (reason, known) => {
  expect(whatIf(recorded(1).input(120, known))).toMatchObject({ kind: 'refused', reason })
})

test('of what nobody tries to get, only how far it went beyond a lower limit is said', () => {
  const { input, clients } = recorded(1)
  const about = { hasAttempts: false, clients }
  const beyond = { kind: 'refused', reason: 'other-attempts', atLeast: 40 }
  expect(whatIf(input(60, about))).toMatchObject(beyond)
  expect(whatIf(input(100, about))).toMatchObject({ ...beyond, atLeast: null })
})

test('a window mostly at the wall is refused from counts, and answered client by client', () => {
  const { input, clients } = recorded(1, { offered: 150 })
  expect(whatIf(input(120))).toMatchObject({ kind: 'refused', reason: 'at-wall-too-long' })
  expect(whatIf(input(120, { clients })).kind).toBe('replay')
})

test('an unknown limit without a refusal hides what was wanted', () => {
  const { input, count } = recorded(1, { limit: 500, offered: 50 })
  expect(whatIf(input(60, { subject: subjectOf(count, null) }))).toMatchObject({
    kind: 'refused',
    reason: 'no-limit',
  })
})

test('bounds are bounds, within what was attempted, and a higher limit never loses more', () => {
  const { input } = recorded(3, { offered: 92 })
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 100 }),
      (limit, more) => {
        fc.pre(limit !== 100 && limit + more !== 100)
        const one = whatIf(input(limit))
        const other = whatIf(input(limit + more))
        if (one.kind !== 'bounds' || other.kind !== 'bounds') throw new Error(one.kind)
        expect(one.low).toBeLessThanOrEqual(one.high)
        expect(one.high).toBeLessThanOrEqual(one.of)
        expect(other.low).toBeLessThanOrEqual(one.low + 1e-6)
        expect(other.high).toBeLessThanOrEqual(one.high + 1e-6)
      },
    ),
    { numRuns: 40 },
  )
})

test('says it in a sentence, with what it rests on', () => {
  const said = (found: WhatIf) => plainSpaces(whatIfWords(found, 250, 'this day').answer)
  expect(said({ kind: 'replay', limit: 400, lost: 3.2, of: 1_912, curve: [] })).toBe(
    'With 400 instead of 250, this day would have lost 3 of 1 912 attempts, a client’s retries counted once.',
  )
  const bounds = { kind: 'bounds' as const, of: 1_912, watched: 1, curve: [] }
  expect(said({ ...bounds, limit: 400, low: 0, high: 40.2 })).toBe(
    'With 400 instead of 250, this day would have lost between 0 and 41 of 1 912 attempts.',
  )
  expect(said({ ...bounds, limit: 900, low: 0, high: 0 })).toBe(
    'With 900 instead of 250, this day would have lost 0 of 1 912 attempts.',
  )
  expect(said({ kind: 'recorded', limit: 250, lost: 312, of: 1_912 })).toBe(
    'With 250, this day lost 312 of 1 912 attempts.',
  )
})
