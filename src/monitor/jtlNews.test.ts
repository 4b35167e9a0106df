import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NO_LIMIT_SETTINGS } from '#domain/limits/limitSettings.ts'
import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import type { Observation } from '#domain/observation.ts'
import { epochMs, type MetricId } from '#domain/units.ts'
import { openJtlReading } from '#sources/imports/jtl/jtlReading.ts'
import { JTL_HEADER, JTL_START_MS } from '#testing/jtlText.ts'
import { createClientLog } from './clientLog.ts'
import { createErrorLog } from './errorLog.ts'
import { createIntake } from './intake.ts'
import { createLedger } from './ledger.ts'
import { createSeriesStore } from './seriesStore.ts'

type Row = { endMs: number; elapsed: number; code: string; label: string; threads: number }

/** What the stores hold once they took these observations, in a form that can be compared. */
function heldAfter(observations: readonly Observation[]) {
  const atOnce = (flush: () => void) => flush()
  const series = createSeriesStore(atOnce)
  const errors = createErrorLog(atOnce)
  const ledger = createLedger([], NO_LIMIT_SETTINGS, () => {})
  const intake = createIntake({ series, errors, clients: createClientLog(atOnce), ledger })
  for (const observation of observations) intake.record(observation)
  const all = [epochMs(-Infinity), epochMs(Infinity)] as const
  const columns = (metric: MetricId) => {
    const { timeMs, value } = series.slice(metric, ...all)
    return [...timeMs].map((at, i) => [at, value[i]!] as const)
  }
  return {
    metrics: ledger.metrics(),
    markers: ledger.markers(),
    series: Object.fromEntries(series.metrics().map((metric) => [metric, columns(metric)])),
    errors: errors.between(...all).toSorted(byText),
  }
}

const byText = (one: object, other: object) =>
  JSON.stringify(one).localeCompare(JSON.stringify(other))

const textOf = (rows: readonly Row[]) =>
  [
    JTL_HEADER,
    ...rows.map(({ endMs, elapsed, code, label, threads }) =>
      [endMs - elapsed, elapsed, label, code, '', 'Agents 1-1', code === '200', threads].join(','),
    ),
    '',
  ].join('\n')

const row = fc.record({
  elapsed: fc.nat(9_000),
  code: fc.constantFrom(
    '200',
    '200',
    '503',
    '429',
    'Non HTTP response code: java.net.SocketException',
    'Non HTTP response code: java.net.ConnectException',
  ),
  label: fc.constantFrom('GET /a', 'GET /b'),
  threads: fc.nat(20),
})

/** Reads the text in pieces and asks for news after each; `quiet` tells after which nothing came. */
function readInPieces(text: string, cuts: readonly number[], quiet: readonly number[]) {
  const bytes = new TextEncoder().encode(text)
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)
  const reading = openJtlReading('run.jtl')
  const news = ends.map((end, i) => {
    reading.push(bytes.subarray(ends[i - 1] ?? 0, end))
    return reading.news({ isQuiet: quiet.includes(i) })
  })
  const whole = reading.end().observation
  return { news: [...news, reading.news()], whole }
}

const cuts = fc.array(fc.nat(), { maxLength: 12 })

test('all news of a growing file together are what reading it at once gives', () => {
  const steps = fc.array(fc.tuple(row, fc.nat(2_000), fc.nat(999)), { maxLength: 60, size: 'max' })
  fc.assert(
    fc.property(steps, fc.nat(60), cuts, (drawn, pauseAt, at) => {
      // In the order of the seconds in which they end, in any order within them; one long pause.
      let ms = JTL_START_MS
      const rows = drawn.map(([one, step, within], i) => {
        ms += step + (i === pauseAt ? 400_000 : 0)
        return { ...one, endMs: ms - (ms % 1_000) + within }
      })
      const { news, whole } = readInPieces(textOf(rows), at, [])
      expect(heldAfter(news)).toEqual(heldAfter([whole]))
    }),
  )
})

test('rows that come late, and seconds told before they were over, lose no peak, no attempt and no failure', () => {
  const rows = fc.array(
    fc.tuple(row, fc.nat(30_000)).map(([one, ms]) => ({ ...one, endMs: JTL_START_MS + ms })),
    { maxLength: 60, size: 'max' },
  )
  fc.assert(
    fc.property(rows, cuts, fc.array(fc.nat(12)), (drawn, at, quiet) => {
      const { news, whole } = readInPieces(textOf(drawn), at, quiet)
      const held = heldAfter(news)
      const expected = heldAfter([whole])
      expect({ ...held, series: peaks(held.series), errors: counts(held.errors) }).toEqual({
        ...expected,
        series: peaks(expected.series),
        errors: counts(expected.errors),
      })
    }),
  )
})

test('nothing is told twice', () => {
  const text = textOf([
    { endMs: JTL_START_MS, elapsed: 0, code: '503', label: 'GET /a', threads: 1 },
    { endMs: JTL_START_MS + 1_000, elapsed: 0, code: '503', label: 'GET /a', threads: 2 },
  ])
  const reading = openJtlReading('run.jtl')
  reading.push(new TextEncoder().encode(text))
  expect(counted(reading.news())).toEqual([2, 2, 1, 1])
  expect(counted(reading.news())).toEqual([0, 0, 0, 0])
  expect(counted(reading.news({ isQuiet: true }))).toEqual([0, 2, 1, 0])
  reading.end()
  expect(counted(reading.news())).toEqual([0, 0, 0, 1])
})

const counted = ({ metrics, samples, errors, markers }: Observation) =>
  [metrics, samples, errors, markers].map(({ length }) => length)

/** The highest of each second, at the earliest instant it stands at. */
function peaks(series: Readonly<Record<string, readonly (readonly [number, number])[]>>) {
  return Object.entries(series)
    .toSorted(byText)
    .map(([metric, points]) => {
      const best = new Map<number, readonly [number, number]>()
      for (const [at, value] of points) {
        const second = Math.floor(at / 1_000)
        const known = best.get(second)
        if (!known || value > known[1]) best.set(second, [at, value])
      }
      return [metric, [...best.values()]]
    })
}

/** Failures by second and kind. */
function counts(errors: readonly ErrorEvent[]) {
  const sums = new Map<string, number>()
  for (const { at, class: errorClass, status, route, app, count } of errors) {
    const key = JSON.stringify([Math.floor(at / 1_000), errorClass, status, route, app])
    sums.set(key, (sums.get(key) ?? 0) + count)
  }
  return [...sums].sort(byText)
}
