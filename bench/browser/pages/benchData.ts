import { ERROR_CLASSES, type ErrorEvent, errorEvent } from '#domain/errors/errorEvent.ts'
import type { LimitSteps } from '#domain/metrics/limitSteps.ts'
import type { Series } from '#domain/series/series.ts'
import { epochMs, HOUR_MS, SECOND_MS } from '#domain/units.ts'

/** Where every bench begins: 2026-09-17 00:00 UTC. */
export const START = Date.UTC(2026, 8, 17)

/** Even numbers in [0, 1), the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** A walk between about 200 and 800 with noise and spikes of one sample, one sample a second. */
export function walk(size: number, seed: number, stepMs: number = SECOND_MS): Series {
  const next = seeded(seed)
  const timeMs = new Float64Array(size)
  const value = new Float64Array(size)
  let level = 500
  for (let i = 0; i < size; i++) {
    level += 4 * (next() - 0.5) + (500 - level) / 3_600
    timeMs[i] = START + i * stepMs
    value[i] = level + 20 * (next() - 0.5) + (next() < 1 / 2_000 ? 150 : 0)
  }
  return { timeMs, value }
}

/** A limit that changes every three hours. */
export const limitSteps = (count: number): LimitSteps =>
  Array.from({ length: count }, (_, i) => ({
    from: epochMs(START + i * 3 * HOUR_MS),
    value: 900 + 50 * (i % 3),
    source: 'change request',
  }))

/** So many failures of all classes, evenly over a stretch, oldest first. */
export function failures(count: number, lengthMs: number): ErrorEvent[] {
  const next = seeded(7)
  return Array.from({ length: count }, (_, i) =>
    errorEvent({
      at: epochMs(Math.round(START + ((i + next()) / count) * lengthMs)),
      class: next() < 0.7 ? 'capacity' : ERROR_CLASSES[Math.floor(next() * 6)]!,
      source: 'monitor',
      correlationId: String(i),
    }),
  )
}
