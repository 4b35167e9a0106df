import { expect, test } from 'vitest'
import { durationMs, HOUR_MS, MINUTE_MS } from '../../units.ts'
import type { Forecast } from './forecast.ts'
import { forecastSentence, forecastWords } from './forecastWords.ts'

const min = (minutes: number) => durationMs(minutes * MINUTE_MS)
const trend: Forecast = {
  kind: 'trend',
  perHour: 1_240,
  in10Ms: min(18.2),
  in50Ms: min(24.7),
  in90Ms: min(40),
  isRough: false,
  horizonMs: durationMs(3 * HOUR_MS - 1_000),
}
const plain = (text: string | null) => text && text.replaceAll('\u202f', ' ')

test.each([
  {
    forecast: trend,
    tile: 'limit in ≈ 25 min',
    sentence:
      'At +1 240 per hour the limit is reached in ≈ 25 min; 80 % of futures between 18 min and 40 min.',
  },
  {
    forecast: { ...trend, perHour: 8.04, in90Ms: null, isRough: true },
    tile: 'limit in ≈ 25 min',
    sentence:
      'At +8 per hour the limit is reached in ≈ 25 min; 10 % of futures reach it in ≈ 18 min or sooner, 10 % not within 3 h. The window is short for a series this smooth: it may be far sooner or later.',
  },
  {
    forecast: { ...trend, in10Ms: null, in50Ms: null, in90Ms: null },
    tile: 'limit not within 3 h',
    sentence:
      'At +1 240 per hour the limit is not reached within 3 h; fewer than 10 % of futures reach it sooner.',
  },
  {
    forecast: { kind: 'reached' },
    tile: 'limit reached',
    sentence: 'The limit is reached now.',
  },
  {
    forecast: { kind: 'no-trend' },
    tile: 'no trend',
    sentence: 'No trend upward: values that vary this much make lines as steep by chance.',
  },
  {
    forecast: { kind: 'none', reason: 'limit-unknown' },
    tile: null,
    sentence: 'No forecast: the limit is unknown.',
  },
  {
    forecast: { kind: 'none', reason: 'too-few-samples' },
    tile: null,
    sentence:
      'No forecast: it takes 30 samples up to now, without a shift of the level among them.',
  },
] satisfies { forecast: Forecast; tile: string | null; sentence: string }[])(
  '$tile: $sentence',
  ({ forecast, tile, sentence }) => {
    expect(plain(forecastWords(forecast))).toBe(tile)
    expect(plain(forecastSentence(forecast))).toBe(sentence)
  },
)
