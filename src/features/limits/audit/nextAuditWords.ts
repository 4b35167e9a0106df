import { dayAndClock } from '#domain/timeline/dayAndClock.ts'
import type { DurationMs, EpochMs } from '#domain/units.ts'
import type { OrgFacts } from '#monitor/orgFacts.ts'

type Known = {
  everyMs: DurationMs | null
  facts: Pick<OrgFacts, 'role' | 'session'>
  zone: string
}

/** When the next audit is made by itself, or why none is. */
export function nextAuditWords(nextAt: EpochMs | null, { everyMs, facts, zone }: Known): string {
  if (everyMs === null) return 'Only when you ask for one.'
  if (facts.session.kind === 'signedOut') return 'None until somebody is signed in.'
  if (facts.role === 'following') return 'Made by the tab that polls this organisation.'
  if (facts.role === 'resting') return 'None while this page rests.'
  if (nextAt === null) return 'While this page is open.'
  return `Next: ${dayAndClock(nextAt, zone)}, while this page is open.`
}
