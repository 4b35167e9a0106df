/** How often a trend is seen where none is, and how often the fan holds the first crossing. Run with `npx tsx bench/evidence/forecast.ts [--full]`. */
import { forecastOf } from '#domain/evidence/forecast/forecast.ts'
import type { Random } from '#domain/stats/random.ts'
import { epochMs, MINUTE_MS } from '#domain/units.ts'
import { writePlot } from '../plot.ts'
import { type Cell, runIfStarted, runStudy, type Scale, type Study } from './study.ts'
import { percent, pointsOf, printTable, shareOf } from './table.ts'
import { wander } from './usage.ts'
import { watchedSeconds } from './window.ts'

const SIZES = [600, 120] as const
const RHOS = [0, 0.8, 0.95, 0.99] as const
/** Rise over the window, in standard deviations of the noise. */
const RISES = [1, 3, 10] as const
const SD = 10
const LEVEL = 300
/** Futures are followed for so many windows. */
const WINDOWS = 3

/** `isHeld` null: nothing could be held, for no trend was seen, or the limit was reached already. */
type Found = { isTrend: boolean; isRough: boolean; isHeld: boolean | null; isReached: boolean }

/** One sample a minute: noise around a line, and its future. */
function found(n: number, rho: number, rise: number, random: Random): Found {
  const noise = wander(n * (1 + WINDOWS), rho > 0 ? -1 / Math.log(rho) : 1e-9, random, 0, SD)
  const pace = (rise * SD) / n
  const value = noise.map((one, i) => LEVEL + pace * i + one)
  // Two standard deviations above the line of now, or half a window's rise where that is more.
  const limit = rise > 0 ? LEVEL + pace * n + Math.max(2, rise / 2) * SD : 1e6
  const known = value.subarray(0, n)
  const to = epochMs((n - 1) * MINUTE_MS)
  const { limits, ...watched } = watchedSeconds(known, limit)
  const series = { timeMs: known.map((_, i) => i * MINUTE_MS), value: known }
  const forecast = forecastOf({ ...watched, limits, series }, epochMs(0), to)
  const isTrend = forecast.kind === 'trend'
  const isReached = forecast.kind === 'reached'
  if (!isTrend || rise === 0) return { isTrend, isReached, isRough: false, isHeld: null }
  const first = value.findIndex((one, i) => i >= n && one >= limit)
  const actual = first < 0 ? Infinity : first * MINUTE_MS - to
  const { in10Ms, in90Ms, isRough } = forecast
  const isHeld = (in10Ms ?? Infinity) <= actual && actual <= (in90Ms ?? Infinity)
  return { isTrend, isReached, isRough, isHeld }
}

const nameOf = (n: number, rho: number, rise: number) => `${n} · ${rho} · ${rise}`

export const study: Study<Found> = {
  seed: 3_511,
  cells: SIZES.flatMap((n) =>
    RHOS.flatMap((rho) =>
      [0, ...RISES].map(
        (rise): Cell<Found> => ({
          name: nameOf(n, rho, rise),
          run: (random) => found(n, rho, rise, random),
        }),
      ),
    ),
  ),
}

export async function benchForecast(scale: Scale) {
  const results = await runStudy(import.meta.url, study, scale)
  const trends = (n: number, rho: number, rise: number) =>
    shareOf(results.get(nameOf(n, rho, rise))!, ({ isTrend }) => isTrend)
  const fans = (n: number, rho: number, rise: number) =>
    results.get(nameOf(n, rho, rise))!.filter(({ isHeld }) => isHeld !== null)
  const held = (n: number, rho: number, rise: number) =>
    shareOf(fans(n, rho, rise), ({ isHeld }) => isHeld === true)
  printTable(
    `Forecast: trend called on no trend, in %, ${scale.runs} runs per cell; one standard error at 5 %: ${pointsOf(0.05, scale.runs)} points`,
    ['samples', ...RHOS.map((rho) => `ρ ${rho}`)],
    SIZES.map((n) => [`${n}`, ...RHOS.map((rho) => percent(trends(n, rho, 0)))]),
  )
  printTable(
    `Forecast: the 80 % fan holds the first crossing, in % of the trends seen (how many there were, of ${scale.runs})`,
    ['samples', 'rise in sd', ...RHOS.map((rho) => `ρ ${rho}`)],
    SIZES.flatMap((n) =>
      RISES.map((rise) => [
        `${n}`,
        `${rise}`,
        ...RHOS.map((rho) => `${percent(held(n, rho, rise))} (${fans(n, rho, rise).length})`),
      ]),
    ),
  )
  printTable(
    'Forecast: said to be rough, in % of the trends seen, rise of 10 sd',
    ['samples', ...RHOS.map((rho) => `ρ ${rho}`)],
    SIZES.map((n) => [
      `${n}`,
      ...RHOS.map((rho) => percent(shareOf(fans(n, rho, 10), ({ isRough }) => isRough))),
    ]),
  )
  if (scale.isFull) plotCoverage(held)
}

function plotCoverage(held: (n: number, rho: number, rise: number) => number) {
  const at = (rho: number) => RHOS.indexOf(rho as (typeof RHOS)[number])
  writePlot('evidence-forecast', {
    title: 'Forecast: how often the 80 % fan held the first crossing',
    xLabel: 'lag-1 correlation of the noise, sample to sample',
    yLabel: '% of the trends seen',
    xTicks: RHOS.map((rho) => ({ at: at(rho), text: `${rho}` })),
    yTicks: [40, 50, 60, 70, 80, 90, 100],
    x: [-0.5, RHOS.length - 0.5],
    bands: [{ from: 70, to: 90, text: 'wanted' }],
    lines: SIZES.flatMap((n, s) =>
      RISES.map((rise, r) => ({
        name: `${n} samples, rise ${rise} sd`,
        marks: RHOS.map((rho) => ({
          x: at(rho) + (s * RISES.length + r - 2.5) * 0.1,
          y: 100 * held(n, rho, rise),
        })),
      })),
    ),
  })
}

await runIfStarted(import.meta.url, benchForecast)
