import fc from 'fast-check'
import { attemptsOf } from '#domain/evidence/demand/attempts.ts'
import { CLIENT_EVENT_KINDS } from '#domain/evidence/demand/clientEvents.ts'
import type { EvidenceInput, WatchedRun } from '#domain/evidence/evidence.ts'
import type { WatchedSeries } from '#domain/evidence/watchedSeries.ts'
import type { LimitSteps } from '#domain/metrics/limitSteps.ts'
import { durationMs, type EpochMs, epochMs, metricId } from '#domain/units.ts'
import { someGuard } from './someGuard.ts'

const START = 1_789_642_800_000
/** Numbers that no count should be, and some that are rare. */
const ODD = [NaN, Infinity, -Infinity, -1, -1e9, 0, -0, 0.5, 1e300, 5e-324, 1e13]

const mostly = <T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: odd })

const NO_FAILURES = { capacity: 0, rate: 0, auth: 0, server: 0, network: 0, socket: 0, other: 0 }

type Test = { seconds: number; limit: number; period: number }

/** A beat of load, or something else altogether; in order or not, some samples broken. */
const anySeries = ({ seconds, limit, period }: Test, share = 1) =>
  fc
    .record({
      shape: fc.constantFrom('pulses', 'ramp', 'constant', 'leak', 'noise'),
      order: mostly(fc.constant('even'), fc.constantFrom('mixed', 'same', 'reversed', 'jitter')),
      odd: fc.array(fc.tuple(fc.nat(seconds), fc.constantFrom(...ODD)), { maxLength: 5 }),
      seed: fc.nat(999),
    })
    .map(({ shape, order, odd, seed }) => {
      const random = (i: number) => Math.abs(Math.sin((seed + 1) * (i + 1) * 12.9898) * 43_758) % 1
      const isOn = (i: number) => i % period < period / 2
      const level = (i: number) => {
        if (shape === 'pulses') return isOn(i) ? limit : limit / 2
        if (shape === 'ramp') return Math.min(limit, (1.3 * limit * i) / seconds)
        if (shape === 'leak') return Math.floor((i / seconds) * limit * 0.3) + (isOn(i) ? limit : 0)
        return shape === 'noise' ? Math.round(limit * 1.1 * random(i)) : limit
      }
      const at = (i: number) => {
        if (order === 'mixed') return Math.floor(random(i) * seconds)
        if (order === 'same') return 3
        return order === 'reversed' ? seconds - i : order === 'jitter' ? i + random(i) : i
      }
      const value = Float64Array.from({ length: seconds }, (_, i) => share * level(i))
      for (const [i, broken] of odd) value[i] = broken
      return { timeMs: value.map((_, i) => START + 1_000 * at(i)), value: value.slice() }
    })

const anyGuard = (known: Test) =>
  fc
    .record({
      worse: fc.constantFrom('higher' as const, 'lower' as const),
      series: anySeries(known),
      load: fc.array(anySeries(known), { maxLength: 2 }),
    })
    .map(({ series, ...rest }) => someGuard(series, rest))

const anyLimits = ({ seconds, limit }: Test): fc.Arbitrary<LimitSteps> => {
  const at = fc.integer({ min: -10, max: seconds }).map((sec) => epochMs(START + sec * 1_000))
  const odd = fc.constantFrom(null, 0, ...ODD, 2 * limit, limit / 2)
  const first = mostly<number | null>(fc.constant(limit), odd)
  return fc
    .tuple(first, fc.array(fc.record({ from: at, value: odd }), { maxLength: 2 }))
    .map(([value, steps]) => [
      { from: epochMs(START - 1), value, source: 'first' },
      ...steps.map((step) => ({ ...step, source: 'later' })),
    ])
}

const anyWatched = (known: Test, name: string): fc.Arbitrary<WatchedSeries> =>
  fc.record({
    metric: fc.constant(metricId(name)),
    title: fc.constant(name),
    provenance: fc.constantFrom('measured', 'proxy', 'estimated'),
    scope: fc.constantFrom('organisation', 'userApp', 'token', 'sampledClients'),
    series: anySeries(known),
    limits: anyLimits(known),
    intervalMs: fc.constantFrom(null, durationMs(1_000)),
  })

/** Refusals where the limit is reached, below it, all the time or by chance; now and then no count. */
const anyFailures = ({ seconds, period }: Test) =>
  fc
    .record({
      where: fc.constantFrom('none', 'atLimit', 'below', 'always', 'rarely'),
      odd: fc.array(fc.constantFrom(...ODD), { maxLength: 2 }),
      isReversed: mostly(fc.constant(false), fc.constant(true)),
    })
    .map(({ where, odd, isReversed }) => {
      const isOn = (i: number) => i % period < period / 2
      const fails = (i: number) =>
        where === 'always' ||
        (where === 'rarely' && i % 17 === 0) ||
        (where === 'atLimit' && isOn(i)) ||
        (where === 'below' && !isOn(i))
      const secs = Array.from({ length: seconds }, (_, i) => i).filter(fails)
      if (isReversed) secs.reverse()
      const count = Float64Array.from(secs, (_, i) => odd[i] ?? 1 + (i % 3))
      return { timeMs: Float64Array.from(secs, (sec) => START + sec * 1_000 + 500), count }
    })

const anyClients = ({ seconds }: Test) => {
  const event = fc.record({
    at: fc.integer({ min: 0, max: 1_000 * seconds }).map((ms) => epochMs(START + ms)),
    kind: fc.constantFrom(...CLIENT_EVENT_KINDS),
    client: fc.constantFrom('a', 'b', 'c'),
    tookMs: mostly(fc.nat(300), fc.constantFrom(NaN, -5, Infinity)),
  })
  return fc.array(event, { maxLength: 300, size: 'max' }).map(attemptsOf)
}

const anyRun = (known: Test): fc.Arbitrary<WatchedRun> => {
  const at = fc.integer({ min: -5, max: known.seconds }).map((sec) => epochMs(START + sec * 1_000))
  const tidy = Array.from({ length: Math.floor(known.seconds / known.period) }, (_, i) => ({
    number: i + 1,
    label: 'load',
    from: epochMs(START + i * known.period * 1_000),
    to: epochMs(START + (i + 0.5) * known.period * 1_000) as EpochMs | null,
  }))
  const untidy = fc.record({
    number: fc.constantFrom(1, 2, 3, 0, -1, 1.5, 1e9),
    label: fc.constantFrom('', 'load'),
    from: at,
    to: fc.option(at),
  })
  return fc.record({
    iterations: mostly(fc.constant(tidy), fc.array(untidy, { maxLength: 8 })),
    series: anySeries(known),
    clientSide: fc.option(anySeries(known, 0.8)),
  })
}

const anyWindow = ({ seconds }: Test) =>
  mostly(
    fc.constant([0, seconds * 1_000] as const),
    fc.constantFrom(
      ...([
        [5, 0],
        [0, 0],
        [0, 1],
        [0, 14 * 86_400_000],
        [NaN, 1_000],
        [0, NaN],
        [-Infinity, Infinity],
        [20_000, 40_000],
      ] as const),
    ),
  )

/**
 * What evidence may be asked about: mostly a load test that makes sense, and in every part now and
 * then something that does not: times out of order, counts that are none, limits that move or are
 * unknown, a window that ends before it begins.
 */
export const untidyInput: fc.Arbitrary<EvidenceInput> = fc
  .record({
    seconds: fc.constantFrom(0, 1, 2, 30, 120, 400, 700),
    limit: fc.constantFrom(1, 5, 20, 100, 100, 600, 0, 1e9),
    period: fc.constantFrom(20, 40, 100),
  })
  .chain((known) =>
    fc
      .record({
        window: anyWindow(known),
        subject: mostly<WatchedSeries | null>(anyWatched(known, 'subject'), fc.constant(null)),
        rivals: fc.array(anyWatched(known, 'rival'), { maxLength: 2 }),
        forecasts: fc.array(anyWatched(known, 'tile'), { maxLength: 1 }),
        capacity: anyFailures(known),
        named: fc.constantFrom(0, 0, 0, 5, 1e6),
        others: fc.constantFrom(0, 0, 30),
        attempts: fc.option(anySeries({ ...known, limit: 5 })),
        clients: fc.option(anyClients(known)),
        run: fc.option(anyRun(known)),
        guards: fc.array(anyGuard(known), { maxLength: 2 }),
        own: mostly(fc.nat(2), fc.constantFrom(NaN, -3, 1e9)),
        isDetailed: fc.boolean(),
        minBinMs: mostly(fc.constant(1_000), fc.constantFrom(10, 0, -5, NaN)),
      })
      .map(({ window: [from, to], named, others, ...rest }) => ({
        ...rest,
        from: epochMs(START + from),
        to: epochMs(START + to),
        profile: {
          classes: { ...NO_FAILURES, capacity: 9, rate: others },
          grades: { A: named, B: 0, C: 3, D: 0 },
          commonest: others > 0 ? { class: 'rate', route: '/x', app: null, count: others } : null,
        },
        clockErrorMs: null,
        // Its columns would fill a screen; seed and path bring it back.
        [fc.toStringMethod]: () => JSON.stringify({ ...known, from, to, named, others }),
      })),
  )
