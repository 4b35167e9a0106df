import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clientActsInSecond } from '#mocks/model/clients.ts'
import { connectionSecond } from '#mocks/model/connections.ts'
import { attemptsInSecond, errorsInSecond } from '#mocks/model/errors.ts'
import { activityAt } from '#mocks/model/queues.ts'
import { createWorld, instantOf } from '#mocks/model/world.ts'
import { limitRaised } from '#mocks/scenarios/limitRaised.ts'
import { normalFrom, poissonFrom, type Random, seededRandom } from '../../stats/random.ts'
import { durationMs, epochMs, metricId } from '../../units.ts'
import { someGuard } from '#testing/someGuard.ts'
import { attemptsOf } from '../demand/attempts.ts'
import type { ClientEvent } from '../demand/clientEvents.ts'
import type { WatchedSeries } from '../watchedSeries.ts'
import { beforeAfterOf } from './beforeAfter.ts'

const SIDE_SEC = 900
const START_MS = 1_795_414_000_000
const NOBODY = { clients: null, guards: [] }

type Story = {
  /** Attempts per second, and the part of them that is there after the raise. */
  perSec?: number
  loadAfter?: number
  /** Bursts of about 20 s on each side, in which this share is refused. */
  bursts?: [number, number]
  refused?: [number, number]
  /** Refusals come only at the limit: the highest load that was wanted. */
  isLimit?: boolean
  /** Use grows with the load up to the limit. */
  limits?: [number, number]
}

/**
 * A limit raised in the middle of half an hour, with errors that may or may not have to do with it.
 */
function storyOf(random: Random, story: Story = {}) {
  const { perSec = 5, loadAfter = 1, bursts = [6, 6], refused = [0.5, 0.5] } = story
  const { isLimit = false, limits = [100, 150] } = story
  const seconds = 2 * SIDE_SEC
  const isOn = new Uint8Array(seconds)
  for (const side of [0, 1] as const)
    for (let burst = 0; burst < bursts[side]; burst++) {
      const from = side * SIDE_SEC + Math.floor(random() * SIDE_SEC)
      isOn.fill(1, from, Math.min((side + 1) * SIDE_SEC, from + 10 + Math.floor(20 * random())))
    }
  const timeMs = Float64Array.from({ length: seconds }, (_, sec) => START_MS + (sec + 1) * 1_000)
  const attempts = new Float64Array(seconds)
  const use = new Float64Array(seconds)
  const errors = new Float64Array(seconds)
  let mood = normalFrom(random)
  for (let sec = 0; sec < seconds; sec++) {
    const side = sec < SIDE_SEC ? 0 : 1
    mood = 0.983 * mood + 0.183 * normalFrom(random)
    const load = (side ? loadAfter : 1) * Math.exp(0.4 * mood)
    const wanted = Math.round(80 * load)
    use[sec] = Math.min(limits[side], wanted)
    attempts[sec] = poissonFrom(random, perSec * load)
    const chance = isLimit
      ? wanted >= limits[side]
        ? refused[side]
        : 0
      : isOn[sec]
        ? refused[side]
        : 0
    for (let i = 0; i < attempts[sec]!; i++) if (random() < chance) errors[sec]! += 1
  }
  const subject: WatchedSeries = {
    metric: metricId('connections.open'),
    title: 'WebSocket connections',
    provenance: 'measured',
    scope: 'organisation',
    intervalMs: durationMs(1_000),
    series: { timeMs, value: use },
    limits: [
      { from: epochMs(0), value: limits[0], source: 'configured limit' },
      {
        from: epochMs(START_MS + SIDE_SEC * 1_000),
        value: limits[1],
        source: 'change request',
      },
    ],
  }
  return {
    from: epochMs(START_MS),
    to: epochMs(START_MS + seconds * 1_000),
    subject,
    capacity: { timeMs: timeMs.map((at) => at - 400), count: errors },
    attempts: { timeMs, value: attempts },
    ...NOBODY,
  }
}

/** How often each word and reason is said of stories that differ by chance alone. */
function tally(runs: number, story: (random: Random) => ReturnType<typeof storyOf>) {
  const random = seededRandom(6_021)
  const said: Record<string, number> = {}
  for (let run = 0; run < runs; run++) {
    const { word, reason } = beforeAfterOf(story(random))!
    said[word] = (said[word] ?? 0) + 1 / runs
    said[reason] = (said[reason] ?? 0) + 1 / runs
  }
  return said
}

/** What the simulator's `limit-raised` tells from one second to another. */
function planted(fromSec: number, toSec: number, { isToldApart = true, seed = 42 } = {}) {
  const world = createWorld(limitRaised, seed, START_MS)
  const seconds = Array.from({ length: toSec - fromSec }, (_, i) => fromSec + i)
  const books = seconds.map((sec) => connectionSecond(world, sec))
  const errors = seconds.map((sec, i) => errorsInSecond(world, sec, books[i]))
  const timeMs = Float64Array.from(seconds, (sec) => instantOf(world, sec))
  const refused = errors.map((groups) =>
    groups.reduce((sum, { class: kind, count }) => sum + (kind === 'capacity' ? count : 0), 0),
  )
  const events = (): ClientEvent[] =>
    seconds.flatMap((sec) =>
      clientActsInSecond(world, sec).map(({ withinMs, event, client, tookMs }) => ({
        at: epochMs(instantOf(world, sec) + withinMs),
        kind: event,
        client,
        tookMs,
      })),
    )
  return {
    from: instantOf(world, fromSec),
    to: instantOf(world, toSec),
    subject: {
      metric: metricId('connections.open'),
      title: 'WebSocket connections',
      provenance: 'measured' as const,
      scope: 'organisation' as const,
      intervalMs: durationMs(1_000),
      series: { timeMs, value: Float64Array.from(books, ({ open }) => open) },
      limits: limitRaised.limits.map(({ from, value, source }) => ({
        from: instantOf(world, from),
        value,
        source,
      })),
    },
    capacity: { timeMs: timeMs.map((at) => at + 500), count: Float64Array.from(refused) },
    attempts: {
      timeMs,
      value: Float64Array.from(seconds, (_, i) => attemptsInSecond(books[i]!, errors[i]!)),
    },
    clients: isToldApart ? attemptsOf(events()) : null,
    guards: [
      someGuard({
        timeMs,
        value: Float64Array.from(seconds, (sec) => activityAt(world, sec, 0, 'voice').waiting),
      }),
    ],
  }
}

test.each([
  [-900, 900],
  [-1_880, 700],
  [-3_600, 1_800],
])('the raise that the simulator plants has worked, seen from second %i to %i', (from, to) => {
  for (const seed of [42, 7]) {
    const raise = beforeAfterOf(planted(from, to, { seed }))!
    expect(raise).toMatchObject({
      word: 'worked',
      reason: 'fewer',
      oldLimit: 1000,
      newLimit: 1500,
      matchedOn: 'demand',
    })
    expect(raise.before).toBeGreaterThan(0.05)
    expect(raise.after).toBeLessThan(0.01)
    expect(raise.peakAfter).toBeGreaterThan(1000)
    expect(raise.guards).toMatchObject([{ title: 'Waiting', isWorse: false }])
  }
})

test('where clients are not told apart, half an hour after the raise shows it as well', () => {
  expect(beforeAfterOf(planted(-1_880, 1_800, { isToldApart: false }))).toMatchObject({
    word: 'worked',
    matchedOn: 'attempts',
  })
})

test('a raise without effect is seldom called a success, however refusals come in bursts', () => {
  for (const mean of [1, 2, 6]) {
    const said = tally(200, (random) =>
      storyOf(random, { bursts: [poissonFrom(random, mean), poissonFrom(random, mean)] }),
    )
    // 5 % and what 200 runs may stray from it.
    expect(said['worked'] ?? 0).toBeLessThan(0.08)
  }
})

test('a few bursts that have nothing to do with the limit may stay away by chance', () => {
  const said = tally(20, (random) => storyOf(random, { bursts: [1, 0] }))
  expect(said['few-bursts']).toBeGreaterThan(0.9)
})

test('refusals that are cured are found to be', () => {
  expect(tally(40, (random) => storyOf(random, { refused: [0.5, 0] }))['worked']).toBeGreaterThan(
    0.9,
  )
  const atLimit = tally(40, (random) =>
    storyOf(random, { isLimit: true, limits: [100, 1000], refused: [0.5, 0.5] }),
  )
  expect(atLimit['worked']).toBeGreaterThan(0.85)
})

test('a raise that changes nothing about steady refusals did not help', () => {
  const steady = { bursts: [60, 60] as [number, number], refused: [0.2, 0.2] as [number, number] }
  const said = tally(20, (random) => storyOf(random, steady))
  expect(said['did-not']).toBeGreaterThan(0.7)
  expect(said['worked']).toBeUndefined()
})

test('a quieter time after the raise is no cure', () => {
  const said = tally(40, (random) =>
    storyOf(random, { isLimit: true, limits: [100, 150], loadAfter: 0.5, refused: [0.5, 0.5] }),
  )
  expect(said['worked'] ?? 0).toBeLessThan(0.2)
  expect(said['load-not-comparable']).toBeGreaterThan(0.6)
})

const cured = () => storyOf(seededRandom(15), { refused: [0.5, 0] })

test('a limit that was not tried is not praised', () => {
  const story = cured()
  const limits = story.subject.limits.map((step) => ({ ...step, value: 10 * step.value! }))
  expect(beforeAfterOf({ ...story, subject: { ...story.subject, limits } })).toMatchObject({
    word: 'cannot-tell',
    reason: 'not-tried',
  })
})

test('a limit that makes queues wait is not praised', () => {
  const story = cured()
  const { timeMs } = story.attempts
  const value = timeMs.map((at, i) => (at > START_MS + SIDE_SEC * 1_000 ? 9 : 4) + (i % 3))
  const guards = [someGuard({ timeMs, value })]
  expect(beforeAfterOf({ ...story, guards })).toMatchObject({
    word: 'cannot-tell',
    reason: 'guard-worse',
    guards: [{ title: 'Waiting', isWorse: true }],
  })
})

test('what cannot be compared is refused with its reason', () => {
  const story = cured()
  const none = { timeMs: new Float64Array(0), count: new Float64Array(0) }
  const reasonOf = (changed: Partial<Parameters<typeof beforeAfterOf>[0]>) => {
    const raise = beforeAfterOf({ ...story, ...changed })!
    expect(raise.before).toBeNull()
    return `${raise.word}: ${raise.reason}`
  }
  expect(reasonOf({ attempts: null })).toBe('cannot-tell: no-attempts')
  const rare = story.attempts.value.map((_, sec) => (sec % 60 === 0 ? 1 : 0))
  expect(reasonOf({ attempts: { ...story.attempts, value: rare } })).toBe(
    'cannot-tell: too-few-bins',
  )
  const raisedAt = START_MS + SIDE_SEC * 1_000
  expect(reasonOf({ to: epochMs(raisedAt + 30_000) })).toBe('cannot-tell: too-few-bins')
  const busier = story.attempts.value.map((count, sec) => (sec < SIDE_SEC ? count : 40 + count))
  expect(reasonOf({ attempts: { ...story.attempts, value: busier } })).toBe(
    'load-not-comparable: common-support',
  )
  const { reason } = beforeAfterOf({ ...story, capacity: none })!
  expect(reason).toBe('nothing-rejected-before')
})

test('no raise in the window, no answer', () => {
  const story = cured()
  const limits = story.subject.limits.slice(0, 1)
  expect(beforeAfterOf({ ...story, subject: { ...story.subject, limits } })).toBeNull()
  expect(beforeAfterOf({ ...story, to: story.from })).toBeNull()
})

const anyColumn = fc.array(
  fc.tuple(
    fc.oneof(fc.integer({ min: -100, max: 1_000 }), fc.constant(Number.NaN)),
    fc.oneof(fc.integer({ min: -2, max: 200 }), fc.constantFrom(Number.NaN, Infinity)),
  ),
  { maxLength: 400 },
)
const columnsOf = (rows: readonly (readonly [number, number])[]) => ({
  timeMs: Float64Array.from(rows, ([at]) => at * 1_000),
  value: Float64Array.from(rows, ([, value]) => value),
})

function expectNumbers(given: unknown) {
  if (typeof given === 'number') expect(given).not.toBeNaN()
  else if (given !== null && typeof given === 'object') Object.values(given).forEach(expectNumbers)
}

test('whatever is put in, there is an answer without a number that is none', () => {
  const anyLimit = fc.constantFrom(null, 0, 1, 50, 100)
  fc.assert(
    fc.property(
      anyColumn,
      anyColumn,
      anyColumn,
      anyLimit,
      anyLimit,
      fc.boolean(),
      (samples, tries, errors, was, is, isToldApart) => {
        const failed = columnsOf(errors)
        const events = tries.map(([at, value]) => ({
          at: epochMs(at * 1_000),
          kind: value > 100 ? ('refused' as const) : ('opened' as const),
          client: String(value),
          tookMs: value,
        }))
        const raise = beforeAfterOf({
          from: epochMs(0),
          to: epochMs(900_000),
          subject: {
            ...storyOf(seededRandom(1)).subject,
            series: columnsOf(samples),
            limits: [
              { from: epochMs(-1), value: was, source: '' },
              { from: epochMs(400_000), value: is, source: '' },
            ],
          },
          capacity: { timeMs: failed.timeMs, count: failed.value },
          attempts: isToldApart ? null : columnsOf(tries),
          clients: isToldApart ? attemptsOf(events) : null,
          guards: [
            someGuard(columnsOf(samples)),
            someGuard(columnsOf(tries), { load: [columnsOf(tries), columnsOf(samples)] }),
          ],
        })
        expectNumbers(raise)
      },
    ),
    { numRuns: 60 },
  )
})
