import { pointsText } from '../evidence/parts/numberText.ts'
import { pText, shareText } from '../evidence/verdict/verdictText.ts'
import { formatCount } from '../format.ts'
import type { GroupDimension } from './attemptGroup.ts'
import type { Differing } from './differing.ts'

/** What groups have in common, in words. */
export const DIMENSION_WORDS: Readonly<Record<GroupDimension, string>> = {
  label: 'label',
  threadGroup: 'thread group',
  host: 'host',
  route: 'route',
  app: 'app',
}

/**
 * One sentence for a group: `Softphone login: 61 % of 246 refusals, 14 % of 8 416 attempts (+10.3 to
 * +14.0 points, p < 0.001).` Points are those of its refused share above that of all others.
 */
export function differingWords(row: Differing): string {
  const { refused, ofRefused, attempts, ofAttempts, difference, p, isOver } = row
  const name = row.name.trim() === '' ? `no ${DIMENSION_WORDS[row.dimension]}` : row.name
  const refusals = `${shareText(refused / ofRefused)} of ${counted(ofRefused, 'refusal')}`
  if (attempts === null || ofAttempts === null || difference === null || p === null) {
    return `${name}: ${refusals}; attempts not counted, no difference shown.`
  }
  const tried = `${shareText(attempts / ofAttempts)} of ${counted(ofAttempts, 'attempt')}`
  const points = `${signedPoints(difference.low)} to ${signedPoints(difference.high)} points`
  const found = isOver
    ? ''
    : difference.high < 0
      ? ', no more than others'
      : ', no difference shown'
  return `${name}: ${refusals}, ${tried} (${points}, ${pText(p)})${found}.`
}

const counted = (count: number, noun: string) =>
  `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`

function signedPoints(difference: number): string {
  const text = pointsText(difference)
  return difference > 0 && /[1-9]/.test(text) ? `+${text}` : text
}
