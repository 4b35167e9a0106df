import type { CertificateInput } from '#domain/limits/certificate.ts'
import type { ComparableChange } from '#domain/limits/comparableChange.ts'
import { normalFrom, poissonFrom, seededRandom } from '#domain/stats/random.ts'
import { durationMs, epochMs, HOUR_MS, metricId } from '#domain/units.ts'

/** Thursday 17 September 2026, 12:00 UTC. */
const CHANGED_AT = epochMs(Date.UTC(2026, 8, 17, 12))
const EVERY_MS = 5_000
const WEEK_MS = 7 * 24 * HOUR_MS

type Side = { limit?: number; load?: number }
type Story = {
  seed: number
  before?: Side
  after: Side
  hours?: number
  change?: Partial<ComparableChange>
}

/**
 * Two windows a week apart, with a wall of their own and the same kind of load: attempts come by
 * chance, in moods of a few minutes; use follows them up to the wall, and what is wanted beyond it is refused.
 */
export function comparedDays({
  seed,
  before = {},
  after,
  hours = 2,
  change = {},
}: Story): CertificateInput {
  const random = seededRandom(seed)
  const samples = (hours * HOUR_MS) / EVERY_MS
  const columns = {
    timeMs: [] as number[],
    open: [] as number[],
    attempts: [] as number[],
    refused: [] as number[],
  }
  function play(fromMs: number, { limit = 250, load = 1 }: Side) {
    let mood = normalFrom(random)
    for (let i = 0; i < samples; i++) {
      mood = 0.983 * mood + 0.183 * normalFrom(random)
      const level = load * Math.exp(0.4 * mood)
      const wanted = Math.round(190 * level)
      const attempts = poissonFrom(random, 12 * level)
      columns.timeMs.push(fromMs + i * EVERY_MS)
      columns.open.push(Math.min(limit, wanted))
      columns.attempts.push(attempts)
      let refused = 0
      if (wanted >= limit) for (let j = 0; j < attempts; j++) refused += random() < 0.5 ? 1 : 0
      columns.refused.push(refused)
    }
  }
  const span = (from: number) => ({ from: epochMs(from), to: epochMs(from + hours * HOUR_MS) })
  const windows = { before: span(CHANGED_AT - WEEK_MS), after: span(CHANGED_AT) }
  play(windows.before.from, before)
  play(windows.after.from, after)
  const timeMs = Float64Array.from(columns.timeMs)
  return {
    ...windows,
    change: {
      id: 'change',
      metric: metricId('connections.open'),
      from: 250,
      to: 400,
      earliest: CHANGED_AT,
      latest: CHANGED_AT,
      ...change,
    },
    subject: {
      metric: metricId('connections.open'),
      title: 'WebSocket connections',
      provenance: 'measured',
      scope: 'organisation',
      intervalMs: durationMs(EVERY_MS),
      series: { timeMs, value: Float64Array.from(columns.open) },
      limits: [],
    },
    capacity: { timeMs, count: Float64Array.from(columns.refused) },
    attempts: { timeMs, value: Float64Array.from(columns.attempts) },
    clients: null,
    guards: [],
  }
}
