import type { DoseBand, Verdict } from '../verdict/verdict.ts'
import { formatCount, formatDuration } from '../../format.ts'
import type { EvidencePart } from './evidencePart.ts'
import { percentText } from './numberText.ts'

/** `below 60 %`, `60 to 80 %`, `at the limit`. */
export function bandName({ from, to }: Pick<DoseBand, 'from' | 'to'>): string {
  if (!Number.isFinite(to)) return 'at the limit'
  return from <= 0
    ? `below ${percentText(to)}`
    : `${Math.round(from * 100)} to ${percentText(Math.min(to, 1))}`
}

/** Share of a band's bins that saw a refusal; null where it holds no bin. */
export const bandShare = ({ bins, withErrors }: DoseBand) => (bins > 0 ? withErrors / bins : null)

/** `0.5 %`, and a dash where nothing was measured. */
export const bandShareText = (band: DoseBand) => {
  const share = bandShare(band)
  return share === null ? '–' : percentText(share)
}

/** Share of the bins with a refusal by level of use. Null where nothing was measured against a limit. */
export function dosePart({ dose, binMs }: Verdict): EvidencePart | null {
  if (dose.length === 0) return null
  const bin = formatDuration(binMs)
  return {
    id: 'dose',
    title: `Share of ${bin} bins with a refusal, by level of use`,
    says: [],
    rows: dose.map((band) => ({
      name: bandName(band),
      value:
        band.bins === 0
          ? 'no bins'
          : `${bandShareText(band)}, ${formatCount(band.withErrors)} of ${formatCount(band.bins)}`,
      meaning: '',
      isPictured: true,
    })),
    meaning: `The window is cut into bins of ${bin}. Each bar is the share of the bins at that level of use in which somebody was refused. Where the limit refuses, the last bar stands out from all others.`,
  }
}
