import { formatPercent } from '../../format.ts'
import type { MetricId } from '../../units.ts'
import { pText, shareText } from '../verdict/verdictText.ts'
import type { RankedLimit, WhichLimit } from './whichLimit.ts'

/**
 * One limit as the cause, as a row: `Call sessions as the cause` with `no: 71 % used, p = 0.41`. A
 * proxy is named as one.
 */
export function rivalWords(ranked: RankedLimit): { name: string; value: string } {
  const { title, verdict, highestUse, provenance } = ranked
  const isProxy = provenance !== undefined && provenance !== 'measured'
  const facts = [
    highestUse === null ? 'use unknown' : `${formatPercent(highestUse)} used`,
    ...(verdict.p === null ? [] : [pText(verdict.p)]),
    ...(isBlamed(ranked) && verdict.attributable
      ? [`explains ${shareText(verdict.attributable.value)}`]
      : []),
    ...(ranked.isBeaten ? ['but refusals follow another limit'] : []),
  ]
  return {
    name: `${title}${isProxy ? ` (${provenance === 'proxy' ? 'a proxy' : provenance})` : ''} as the cause`,
    value: `${answerOf(ranked)}: ${facts.join(', ')}`,
  }
}

const isBlamed = ({ verdict: { word }, isBeaten }: RankedLimit) =>
  !isBeaten && (word === 'capacity-bound' || word === 'partly')

function answerOf(ranked: RankedLimit): string {
  const { word } = ranked.verdict
  if (isBlamed(ranked)) return word === 'partly' ? 'in part' : 'possible'
  return ranked.isBeaten || word === 'not-capacity-bound' ? 'no' : 'cannot tell'
}

/**
 * Which limit the refusals follow, as a sentence; `titleOf` gives the title of a metric as on the
 * screen.
 */
export function whichLimitSentence(
  { word, metrics, ranking, pairs }: WhichLimit,
  titleOf: (metric: MetricId) => string,
): string {
  const titles = metrics.map(titleOf)
  if (word === 'none') return `None of ${ranking.length} limits stands out by itself.`
  if (word === 'one') return `Of ${ranking.length} limits, refusals follow ${titles.join()}.`
  const isTogether = pairs.some(
    ({ one, other, difference }) =>
      difference === null && metrics.includes(one) && metrics.includes(other),
  )
  const many = titles.length === 2 ? 'both' : 'they'
  return `Cannot separate ${listText(titles)}: ${
    isTogether
      ? `${many} were at their limit at the same time.`
      : 'refusals are about as frequent where only one of them was reached.'
  }`
}

/** `A`, `A and B`, `A, B and C`. */
const listText = (items: readonly string[]) =>
  items.length < 2
    ? items.join('')
    : `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]!}`
