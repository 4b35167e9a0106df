import { formatCount } from '../../format.ts'
import { roughDuration } from '../roughDuration.ts'
import type { Forecast } from './forecast.ts'

/** The forecast in the few words of a tile; null where there is nothing to forecast. */
export function forecastWords(forecast: Forecast): string | null {
  if (forecast.kind === 'none') return null
  if (forecast.kind === 'no-trend') return 'no trend'
  if (forecast.kind === 'reached') return 'limit reached'
  return forecast.in50Ms === null
    ? `limit ${notWithin(forecast)}`
    : `limit in ${roughDuration(forecast.in50Ms)}`
}

/** The forecast as a sentence that says how sure it is, or why there is none. */
export function forecastSentence(forecast: Forecast): string {
  if (forecast.kind === 'reached') return 'The limit is reached now.'
  if (forecast.kind === 'no-trend')
    return 'No trend upward: values that vary this much make lines as steep by chance.'
  if (forecast.kind === 'none')
    return forecast.reason === 'limit-unknown'
      ? 'No forecast: the limit is unknown.'
      : 'No forecast: it takes 30 samples up to now, without a shift of the level among them.'
  const { in50Ms, isRough } = forecast
  const when =
    in50Ms === null
      ? `is ${notWithin(forecast).replace('not', 'not reached')}`
      : `is reached in ${roughDuration(in50Ms)}`
  const rough = isRough
    ? ' The window is short for a series this smooth: it may be far sooner or later.'
    : ''
  return `At ${paceText(forecast.perHour)} per hour the limit ${when}; ${fanText(forecast)}.${rough}`
}

type Trend = Extract<Forecast, { kind: 'trend' }>

/** Between which times the 80 % in the middle lie, as far as they were followed. */
function fanText(trend: Trend): string {
  const { in10Ms, in90Ms } = trend
  if (in10Ms === null) return 'fewer than 10 % of futures reach it sooner'
  if (in90Ms === null)
    return `10 % of futures reach it in ${roughDuration(in10Ms)} or sooner, 10 % ${notWithin(trend)}`
  return `80 % of futures between ${bare(in10Ms)} and ${bare(in90Ms)}`
}

const bare = (lengthMs: number) => roughDuration(lengthMs).replace('≈ ', '')

const notWithin = ({ horizonMs }: Trend) =>
  horizonMs === undefined ? 'not soon' : `not within ${bare(horizonMs)}`

/** Units per hour, with a decimal where it matters. */
const paceText = (perHour: number) =>
  `+${perHour < 10 ? perHour.toFixed(1).replace('.0', '') : formatCount(perHour)}`
