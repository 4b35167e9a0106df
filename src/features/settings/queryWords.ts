import { formatCount, formatPercent } from '#domain/format.ts'
import type { PromqlQuery } from '#sources/config/promqlQuery.ts'
import type { QueryTrial } from '#sources/config/tryQuery.ts'

/** `It gives 940 now.`, or why it gives nothing. */
export const trialWords = (trial: QueryTrial, query: Pick<PromqlQuery, 'unit'>): string =>
  trial.kind === 'fails' ? trial.problem : `It gives ${valueWords(trial.value, query)} now.`

function valueWords(value: number, { unit }: Pick<PromqlQuery, 'unit'>): string {
  if (unit === 'percent') return formatPercent(value / 100)
  return unit === 'perMinute' ? `${formatCount(value)} a minute` : formatCount(value)
}
