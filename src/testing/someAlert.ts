import type { Alert } from '#domain/alerts/alert.ts'
import { epochMs, metricId } from '#domain/units.ts'

/** A critical alert of connections at their limit, which has just fired, unless said otherwise. */
export function someAlert(id: string, known: Partial<Alert> = {}): Alert {
  const reading = { kind: 'level', value: 1_000, limit: 1_000, ratio: 1 } as const
  return {
    id,
    rule: 'atLimit',
    name: 'At the limit',
    kind: 'level',
    severity: 'critical',
    isStop: false,
    hasCapacity: false,
    metric: metricId('open'),
    cause: null,
    since: epochMs(0),
    firedAt: epochMs(0),
    lastAt: epochMs(0),
    clearedAt: null,
    endedAt: null,
    newest: reading,
    peak: reading,
    peakAt: epochMs(0),
    acknowledged: null,
    ...known,
  }
}

/** Refusals above their budget. */
export const someRefusals = (id: string, known: Partial<Alert> = {}): Alert => {
  const windowMs = 3_600_000 as Extract<Alert['newest'], { kind: 'failures' }>['windowMs']
  const reading = { kind: 'failures', errors: 112, attempts: 620, windowMs, burn: 36.1 } as const
  return someAlert(id, {
    rule: 'refusals',
    name: 'Refusals',
    kind: 'failures',
    hasCapacity: true,
    metric: null,
    newest: reading,
    peak: reading,
    ...known,
  })
}

/** So many of ten metrics are not heard. */
export function someBlindness(id: string, silent: number, known: Partial<Alert> = {}): Alert {
  const reading = { kind: 'blind', silent, expected: 10, heardAt: epochMs(0) } as const
  return someAlert(id, {
    rule: 'blind',
    name: 'Blind',
    kind: 'blind',
    severity: silent === 10 ? 'critical' : 'warn',
    metric: null,
    cause: 'network',
    newest: reading,
    peak: reading,
    ...known,
  })
}
