import type { EvidenceReport } from '../evidence.ts'
import type { WhichLimit } from '../rivals/whichLimit.ts'
import { rivalWords, whichLimitSentence } from '../rivals/whichLimitWords.ts'
import type { Verdict } from '../verdict/verdict.ts'
import type { EvidencePart, EvidenceRow } from './evidencePart.ts'
import { fineDuration } from './numberText.ts'

/** What came first, and which other limits could be the cause. Null where nothing was refused. */
export function orderPart({ verdict, which, subject }: EvidenceReport): EvidencePart | null {
  if (verdict.errors === 0) return null
  const rivals = which?.ranking.filter(({ metric }) => metric !== subject?.metric) ?? []
  return {
    id: 'order',
    title: 'Order and rivals',
    says: which && which.word !== 'one' ? [whichSentence(which)] : [],
    rows: [...lagRows(verdict), ...(rivals.length > 0 ? rivals.map(rivalRow) : [NO_RIVALS])],
    meaning: null,
  }
}

const NO_RIVALS: EvidenceRow = {
  name: 'Other limits as the cause',
  value: 'none is known here',
  meaning:
    'Only limits that somebody reads can be compared. One that nobody reads may still be the cause.',
}

function lagRows({ lagMs, isLagRough, laterByMs }: Verdict): EvidenceRow[] {
  const rows: EvidenceRow[] = []
  if (lagMs) {
    const isFirst = lagMs.high < 0
    const about = isLagRough ? 'about ' : ''
    const ends = [lagMs.low, lagMs.high].map((end) => fineDuration(isFirst ? -end : end))
    const interval = isFirst ? ends.toReversed().join(' to ') : ends.join(' to ')
    rows.push({
      name: isFirst ? 'Refusals, then limit reached' : 'Limit reached, then refusals',
      value: `after ${about}${fineDuration(Math.abs(lagMs.value))} (${interval})`,
      meaning: isFirst
        ? 'The refusals came before the limit was reached: a cause cannot come after its effect.'
        : isLagRough
          ? 'How long after reaching the limit the refusals began. One ramp fixes it only roughly.'
          : 'How long after reaching the limit the refusals began, with the times the data allow.',
    })
  }
  if (laterByMs !== null)
    rows.push({
      name: 'Refusals fit better later',
      value: `by ${fineDuration(laterByMs)}`,
      meaning:
        'They follow the limit only at a distance that is longer than what is believed without asking.',
    })
  return rows
}

function rivalRow(ranked: Parameters<typeof rivalWords>[0]): EvidenceRow {
  return {
    ...rivalWords(ranked),
    meaning:
      'The same test for another limit. A limit that was never reached, or whose use does not go with the refusals, is not the cause.',
  }
}

const whichSentence = (which: WhichLimit) =>
  whichLimitSentence(
    which,
    (id) => which.ranking.find(({ metric }) => metric === id)?.title ?? String(id),
  )
