import type { UsageState } from '#domain/metrics/headroom.ts'

/**
 * What a number on the screen is worth. Beyond how much of a limit is used: `stale` late, `blind`
 * too late to be shown, `off` not asked, `loading` not yet answered.
 */
export type DisplayState = UsageState | 'stale' | 'blind' | 'off' | 'loading'

/** The word that always stands beside a state's glyph: shape and colour are never alone. */
export const STATE_WORDS: Readonly<Record<DisplayState, string>> = {
  ok: 'OK',
  warn: 'Warn',
  critical: 'Critical',
  atLimit: 'At limit',
  unknown: 'Unknown',
  stale: 'Stale',
  blind: 'Blind',
  off: 'Off',
  loading: 'Loading',
}
