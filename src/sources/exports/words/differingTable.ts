import { pointsText } from '#domain/evidence/parts/numberText.ts'
import { pText } from '#domain/evidence/verdict/verdictText.ts'
import { formatCount } from '#domain/format.ts'
import type { Differing } from '#domain/incident/differing.ts'
import { DIMENSION_WORDS, differingWords } from '#domain/incident/differingWords.ts'
import type { TextTable } from './textTable.ts'

const DASH = '–'

type Column = { name: string; isNumber?: boolean; cell: (one: Differing) => string }

/**
 * Which routes, apps, labels, thread groups and hosts are among the refusals more often than by chance.
 * A column that says the same of every row is left out.
 */
export function differingTable(differing: readonly Differing[]): TextTable {
  const areCounted = differing.some(({ attempts }) => attempts !== null)
  const sources = new Set(differing.map(({ source }) => source))
  const columns: readonly Column[] = [
    {
      name: 'Which',
      cell: ({ name, dimension }) =>
        name.trim() === '' ? `no ${DIMENSION_WORDS[dimension]}` : name,
    },
    { name: 'Kind', cell: ({ dimension }) => DIMENSION_WORDS[dimension] },
    {
      name: 'Refused',
      isNumber: true,
      cell: ({ refused, ofRefused }) => `${formatCount(refused)} of ${formatCount(ofRefused)}`,
    },
    ...(areCounted ? COUNTED : []),
    ...(sources.size > 1 ? [{ name: 'Source', cell: ({ source }: Differing) => source }] : []),
  ]
  return {
    title: 'What differs inside',
    columns: columns.map(({ name, isNumber = false }) => ({ name, isNumber })),
    rows: differing.map((one) => columns.map(({ cell }) => cell(one))),
    empty: 'No source says what refused attempts had in common.',
    remarks: [
      ...(differing.length > 0 && !areCounted
        ? [
            `${[...sources].join(', ')}: attempts are not counted by route or app, so shares of refusals are no excess.`,
          ]
        : []),
      ...differing.filter(({ isOver }) => isOver).map(differingWords),
    ],
  }
}

const COUNTED: readonly Column[] = [
  {
    name: 'Attempts',
    isNumber: true,
    cell: ({ attempts, ofAttempts }) =>
      attempts === null || ofAttempts === null
        ? 'not counted'
        : `${formatCount(attempts)} of ${formatCount(ofAttempts)}`,
  },
  {
    name: 'More than others, points',
    isNumber: true,
    cell: ({ difference }) =>
      difference === null
        ? DASH
        : `${pointsText(difference.value)} (${pointsText(difference.low)} to ${pointsText(difference.high)})`,
  },
  { name: 'By chance', isNumber: true, cell: ({ p }) => (p === null ? DASH : pText(p)) },
]
