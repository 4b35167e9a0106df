import * as z from 'zod/mini'
import { VERDICT_TITLES } from '#domain/evidence/verdict/verdictWords.ts'
import type { VerdictWord } from '#domain/evidence/verdict/verdict.ts'
import { fingerprintText } from '../../exports/bundle/manifest.ts'
import { parseShape } from '../../shape.ts'
import type { BundleCheck } from './checkBundle.ts'
import type { Bundle } from './readBundle.ts'

/**
 * `intact`: every part is as it was written and the verdict is the same. `changed`: somebody changed
 * a part. `differs`: no part was changed, and yet something else is worked out.
 */
export type BundleState = 'intact' | 'changed' | 'differs'

/** What became of a bundle since it was written, in one or two sentences. */
export function bundleWords(
  bundle: Bundle,
  check: BundleCheck,
): { state: BundleState; sentence: string } {
  const { checks, isIntact, fingerprint } = bundle
  const changed = checks.filter((one) => !one.isIntact).map(({ title }) => title)
  const parts = `${checks.length} parts`
  const told = `Fingerprint ${fingerprintText(fingerprint)}.`
  if (!isIntact)
    return {
      state: 'changed',
      sentence: `Changed after it was written: ${changed.join(', ')}. ${verdictsOf(bundle, check)}`,
    }
  if (check.isSameVerdict)
    return {
      state: 'intact',
      sentence: `Checked: ${parts} intact, the verdict recomputed here is the same. ${told}`,
    }
  return {
    state: 'differs',
    sentence: `${parts} intact, and yet the evidence recomputed here is not the one stored: another version of Tidemark may have written it. ${verdictsOf(bundle, check)} ${told}`,
  }
}

function verdictsOf({ storedReport }: Bundle, { recomputed, isSameVerdict }: BundleCheck): string {
  const title = VERDICT_TITLES[recomputed.verdict.word]
  if (isSameVerdict) return `What is in it still gives the verdict that is stored: ${title}.`
  const stored = storedVerdict(storedReport)
  if (stored === recomputed.verdict.word)
    return `What is in it still gives the verdict ${title}, with other numbers than those stored.`
  const was =
    stored === null ? 'the one stored cannot be read' : `stored: ${VERDICT_TITLES[stored]}`
  return `Recomputed from what is in it: ${title}; ${was}.`
}

const WORDS = Object.keys(VERDICT_TITLES) as VerdictWord[]
const storedShape = z.object({ verdict: z.object({ word: z.enum(WORDS) }) })

/** The word that was stored; null where it is none. The text is JSON: it was read before. */
function storedVerdict(storedReport: string): VerdictWord | null {
  const read = parseShape(storedShape, JSON.parse(storedReport))
  return read.ok ? read.value.verdict.word : null
}
