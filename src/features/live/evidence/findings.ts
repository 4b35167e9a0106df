import type { EvidenceReport } from '#domain/evidence/evidence.ts'
import type { Leak } from '#domain/evidence/leak/leak.ts'
import { leakWords } from '#domain/evidence/leak/leakWords.ts'
import type { BeforeAfter } from '#domain/evidence/raise/beforeAfter.ts'
import { beforeAfterWords } from '#domain/evidence/raise/beforeAfterWords.ts'
import type { Storm } from '#domain/evidence/storm/storm.ts'
import { stormWords } from '#domain/evidence/storm/stormWords.ts'
import { formatCount } from '#domain/format.ts'
import { riseWords } from './floorLine.ts'

/** Something that was found beside the verdict; it opens the evidence at its part. */
export type Finding = {
  part: 'leak' | 'storm' | 'raise'
  title: string
  /** In full, where it stands alone. */
  sentence: string
  /** In a few words, where it shares the line. */
  brief: string
}

/** Leak, storm and the outcome of a changed limit, as far as there is something to say of them. */
export function findingsOf(report: EvidenceReport, zone: string): Finding[] {
  const { leak, storm, raise, verdict } = report
  return [
    leak && leakFinding(leak, verdict.limit, zone),
    storm && stormFinding(storm, zone),
    raise && raiseFinding(raise, zone),
  ].filter((finding) => finding !== null)
}

function leakFinding(leak: Leak, limit: number | null, zone: string): Finding | null {
  const words = leakWords(leak, limit, zone)
  if (!words) return null
  const { reaches } = leak
  const reached = reaches ? `, limit at iteration ${formatCount(reaches.value)}` : ''
  return { part: 'leak', ...words, brief: riseWords(leak) + reached }
}

function stormFinding(storm: Storm, zone: string): Finding | null {
  const words = storm.word === 'storm' ? stormWords(storm, zone) : null
  if (!words) return null
  const { attempts, demands } = storm
  const brief = `${formatCount(attempts)} attempts for ${formatCount(demands)} demands`
  return { part: 'storm', ...words, brief }
}

/** Only what is decided: everything else about the change stands in the evidence. */
function raiseFinding(raise: BeforeAfter, zone: string): Finding | null {
  if (raise.word !== 'worked' && raise.word !== 'did-not') return null
  const brief = raise.word === 'worked' ? 'worked' : 'did not take the refusals away'
  return { part: 'raise', ...beforeAfterWords(raise, zone), brief }
}
