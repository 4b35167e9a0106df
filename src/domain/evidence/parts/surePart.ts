import type { Verdict } from '../verdict/verdict.ts'
import { pText } from '../verdict/verdictText.ts'
import { formatCount, formatDuration } from '../../format.ts'
import type { EvidencePart, EvidenceRow } from './evidencePart.ts'
import {
  decimalText,
  intervalText,
  percentText,
  pointsText,
  ratioText,
  tinyText,
} from './numberText.ts'

/** So many crossings make the level test enough by itself (evidence-methods §1.2). */
const ENOUGH_CROSSINGS = 3

/** How sure the verdict is, number by number. Null where nothing could be compared. */
export function surePart(verdict: Verdict): EvidencePart | null {
  const rows = [
    attributableRow(verdict),
    differenceRow(verdict),
    oddsRow(verdict),
    ...testRows(verdict),
    crossingsRow(verdict),
    detectableRow(verdict),
    fisherRow(verdict),
  ].filter((row) => row !== null)
  if (rows.length === 0) return null
  return { id: 'sure', title: 'How sure', says: [], rows, meaning: null }
}

function attributableRow({ attributable }: Verdict): EvidenceRow | null {
  if (!attributable) return null
  const of100 = Math.round(attributable.value * 100)
  return {
    name: 'Attributable fraction',
    value: intervalText(attributable, (value) => decimalText(value, 2)),
    meaning: `Of 100 refusals, ${of100} would not have happened without the limit. The data allow ${Math.round(attributable.low * 100)} to ${Math.round(attributable.high * 100)}. 0 is none, 1 is all.`,
  }
}

function differenceRow(verdict: Verdict): EvidenceRow | null {
  const { difference, pAtLimit, pBelow, knowsAttempts } = verdict
  if (!difference) return null
  const bin = formatDuration(verdict.binMs)
  const what = knowsAttempts
    ? `On average over ${bin} bins, the share of attempts that were refused`
    : `The share of ${bin} bins in which somebody was refused`
  const levels =
    pAtLimit === null || pBelow === null
      ? ''
      : ` is ${percentText(pAtLimit)} at the limit and ${percentText(pBelow)} below it.`
  return {
    name: 'Difference at limit − below',
    value: `${pointsText(difference.value)} points (${pointsText(difference.low)} to ${pointsText(difference.high)})`,
    meaning: `${what}${levels || ' differs by this much.'} In percentage points; 0 would be no difference.`,
  }
}

function oddsRow({ oddsRatio, binMs }: Verdict): EvidenceRow | null {
  if (!oddsRatio) return null
  return {
    name: 'Odds ratio, exact',
    value: intervalText(oddsRatio, ratioText),
    meaning: `A ${formatDuration(binMs)} bin at the limit has ${ratioText(oddsRatio.value)} times the odds of a refusal of a bin below it. 1 would be no difference.`,
  }
}

function testRows({ shifts, p, pLevel, pOnset, crossings }: Verdict): EvidenceRow[] {
  if (p === null) return []
  const count = shifts
    ? `, ${formatCount(shifts.shifts)} shifts, ${formatCount(shifts.asExtreme)} as extreme`
    : ''
  const rows: EvidenceRow[] = [
    {
      name: `Shift test${count}`,
      value: pText(pLevel ?? p),
      meaning:
        'The refusals are slid along the usage curve to every possible place. p is the share of places where they match the limit as well as where they really were. Up to 0.05 chance is a poor explanation.',
    },
  ]
  if (crossings < ENOUGH_CROSSINGS && pOnset !== null)
    rows.push({
      name: 'Onset test',
      value: pText(pOnset),
      meaning:
        'With so few crossings the refusals must also begin when the limit is reached, and not at some other time. The larger of the two p decides.',
    })
  return rows
}

function crossingsRow({ p, crossings }: Verdict): EvidenceRow | null {
  if (p === null) return null
  return {
    name: 'Limit reached, with room before it',
    value: crossings === 1 ? 'once' : crossings === 2 ? 'twice' : `${formatCount(crossings)} times`,
    meaning:
      crossings < ENOUGH_CROSSINGS
        ? 'Each time is one occasion to see whether refusals follow. From three on a coincidence is hard to believe; another ramp would settle it.'
        : 'Each time is one occasion to see whether refusals follow. From three on a coincidence is hard to believe.',
  }
}

function detectableRow({ word, detectable }: Verdict): EvidenceRow | null {
  if (detectable === null || word === 'capacity-bound') return null
  return {
    name: 'Smallest fraction that could be seen',
    value: decimalText(detectable, 2),
    meaning: `Had the limit caused less than ${Math.round(detectable * 100)} of 100 refusals, this window would be too short, or at the limit too rarely, to show it.`,
  }
}

function fisherRow({ fisherP }: Verdict): EvidenceRow | null {
  if (fisherP === null) return null
  return {
    name: 'Fisher, for display only',
    value: tinyText(fisherP),
    meaning:
      'The usual textbook test. It takes every bin for independent of the one before, which usage never is, so it exaggerates. It decides nothing here.',
    isQuiet: true,
  }
}
