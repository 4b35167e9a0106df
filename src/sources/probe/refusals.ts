import type { EpochMs } from '#domain/units.ts'
import type { ProbesRefused } from './probesTold.ts'

/** Counts what was refused, and keeps the newest reason. */
export function createRefusals(now: () => EpochMs) {
  let refused: ProbesRefused = { count: 0, lastReason: null, lastAtMs: null }
  return {
    add(reason: string) {
      refused = { count: refused.count + 1, lastReason: reason, lastAtMs: now() }
    },
    told: () => refused,
  }
}

/** Both, with the newer reason. */
export function joinedRefusals(a: ProbesRefused, b: ProbesRefused): ProbesRefused {
  const newer = (a.lastAtMs ?? 0) > (b.lastAtMs ?? 0) ? a : b
  return { ...newer, count: a.count + b.count }
}
