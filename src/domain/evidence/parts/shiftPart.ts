import type { ShiftPicture } from '../verdict/verdict.ts'
import { formatCount } from '../../format.ts'
import type { EvidencePart } from './evidencePart.ts'
import { decimalText } from './numberText.ts'

/** Bins' worth of refusals: whole where attempts are not known, with a decimal where shares add up. */
export const binsText = (bins: number) =>
  `${decimalText(bins, Number.isInteger(bins) || bins >= 100 ? 0 : 1)} bins`

/** What the histogram of all shifts shows. */
export function shiftPart(picture: ShiftPicture | null): EvidencePart | null {
  if (!picture || picture.shifts === 0) return null
  const { shifts, asExtreme, observed } = picture
  return {
    id: 'shifts',
    title: `Overlap with the limit under ${formatCount(shifts)} shifts, square-root scale`,
    says: [
      `Observed: ${binsText(observed)} worth of refusals at the limit; ${formatCount(asExtreme)} of ${formatCount(shifts)} shifts give as much.`,
    ],
    rows: [],
    meaning:
      'Grey: how often the refusals, slid along in time, overlapped with the limit by so many bins. Red: where they really were. The further right of the grey it stands, the less it looks like chance.',
  }
}
