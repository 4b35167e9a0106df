import { guardText } from '#domain/evidence/raise/beforeAfterWords.ts'
import {
  intervalText,
  percentText,
  pointsText,
  ratioText,
} from '#domain/evidence/parts/numberText.ts'
import { levelText } from '#domain/evidence/verdict/verdictText.ts'
import { formatCount } from '#domain/format.ts'
import { type Certificate, isRaise } from '#domain/limits/certificate.ts'
import type { BandSide, CertificateBand } from '#domain/limits/certificateBands.ts'
import type { TextTable } from './textTable.ts'

const NOT_COUNTED = 'not counted'

/** What the two windows came to, side by side. */
export function sidesTable(certificate: Certificate): TextTable {
  const { change, sides, result } = certificate
  const both = [sides.before, sides.after] as const
  const isRaised = isRaise(change)
  const shares = isRaised ? [result.before, result.after] : [result.after, result.before]
  const kept = isRaised
    ? [result.keptBefore, result.keptAfter]
    : [result.keptAfter, result.keptBefore]
  const matched = result.matchedOn === 'demand' ? 'first attempts' : 'attempts'
  return {
    title: 'Both windows',
    columns: [{ name: '' }, { name: 'Before', isNumber: true }, { name: 'After', isNumber: true }],
    rows: [
      ['Limit', levelText(change.from), levelText(change.to)],
      ['Peak', ...both.map(({ peak }) => (peak === null ? 'not measured' : levelText(peak)))],
      [
        'Attempts',
        ...both.map(({ attempts }) => (attempts === null ? NOT_COUNTED : formatCount(attempts))),
      ],
      ['Refused, at any load', ...both.map(({ allRefused }) => formatCount(allRefused))],
      [
        'Refused share at equal load',
        ...shares.map((share) => (share === null ? 'not compared' : percentText(share))),
      ],
      [`Equal load, by ${matched}`, ...kept.map(percentText)],
    ],
    empty: '',
    remarks: result.difference
      ? [
          `${isRaised ? 'After minus before' : 'Lower limit against the other'} at equal load: ${differenceText(certificate)}; the interval (95 %) takes into account that refusals come in bursts.`,
        ]
      : [],
  }
}

/** In percentage points; of a lowered limit what the lower one did. */
function differenceText({ change, result: { difference } }: Certificate): string {
  if (!difference) return ''
  const { value, low, high } = difference
  const one = isRaise(change) ? difference : { value: -value, low: -high, high: -low }
  return `${pointsText(one.value)} points (${pointsText(one.low)} to ${pointsText(one.high)})`
}

/** What became of the queues. */
export function guardsTable({ result: { guards, unmeasured } }: Certificate): TextTable {
  return {
    title: 'Queues',
    columns: [
      { name: 'Guard' },
      { name: 'Before', isNumber: true },
      { name: 'After', isNumber: true },
      { name: 'Change (95 %)', isNumber: true },
      { name: 'Found' },
    ],
    rows: [
      ...guards.map((guard) => {
        const write = (value: number) => guardText(withoutTrace(value), guard.unit)
        return [
          guard.title,
          write(guard.before),
          write(guard.after),
          intervalText(guard.change, write),
          foundText(guard),
        ]
      }),
      ...unmeasured.map((title) => [title, '–', '–', '–', 'not measured']),
    ],
    empty: 'Queues are not watched: whether they suffered is not known.',
    remarks: [],
  }
}

/** What is written as 0 has no sign. */
const withoutTrace = (value: number) => (Math.abs(value) < 0.05 ? 0 : value)

type Guard = Certificate['result']['guards'][number]

/** `worse` only as the certificate means it; `better` where the whole interval lies on that side. */
function foundText({ isWorse, worse, change }: Guard): string {
  if (isWorse) return 'worse'
  const isBetter = worse === 'higher' ? change.high < 0 : change.low > 0
  return isBetter ? 'better' : 'no change shown'
}

/** `40 to 60`, of attempts a minute. */
export function bandText({ from, to }: CertificateBand): string {
  const [low, high] = [from, to].map(ratioText)
  if (from === 0) return `below ${high}`
  return Number.isFinite(to) ? `${low} to ${high}` : `${low} and more`
}

/** Null where nothing was attempted at this load. */
export const bandShare = ({ attempts, refused }: BandSide) =>
  attempts > 0 ? Math.min(1, refused / attempts) : null

/** `3.4 % of 1 912`. */
export function bandSideText(side: BandSide): string {
  const share = bandShare(side)
  return share === null
    ? 'none attempted'
    : `${percentText(share)} of ${formatCount(side.attempts)}`
}

/** Refused share by load. */
export const bandsTable = ({ bands, result }: Certificate): TextTable => ({
  title: 'Refused share by load',
  columns: [
    { name: `${result.matchedOn === 'demand' ? 'First attempts' : 'Attempts'} a minute` },
    { name: 'Before', isNumber: true },
    { name: 'After', isNumber: true },
  ],
  rows: bands.map((band) => [bandText(band), bandSideText(band.before), bandSideText(band.after)]),
  empty: 'Attempts are not counted: there is no load to compare by.',
  remarks: [],
})
