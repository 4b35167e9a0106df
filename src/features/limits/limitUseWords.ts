import { formatClock } from '#domain/format.ts'
import type { LimitUse } from '#domain/limits/limitRows.ts'
import type { DisplayState } from '#ui/glyphs/displayState.ts'

/** What stands in the place of a number: a glyph, what is the case, and why. */
export type UseWords = { state: DisplayState; lead: string; reason: string }

/** Why nothing is in use, as far as anybody can say. `zone` is that of clock times. */
export function limitUseWords(use: LimitUse, zone = 'UTC'): UseWords {
  switch (use.kind) {
    case 'measured':
      return { state: use.state, lead: '', reason: '' }
    case 'notMeasurable':
      return { state: 'unknown', lead: 'Not measurable', reason: use.reason }
    case 'off':
      return use.permission === null
        ? { state: 'off', lead: 'Off', reason: use.reason }
        : { state: 'off', lead: 'Forbidden', reason: `permission missing: ${use.permission}` }
    case 'blind':
      return {
        state: 'blind',
        lead:
          use.since === null ? 'Blind' : `Blind since ${formatClock(use.since, zone, 'minutes')}`,
        reason: use.reason,
      }
    case 'waiting':
      return { state: 'loading', lead: 'First reply expected', reason: '' }
  }
}
