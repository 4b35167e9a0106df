import type { Metric } from '../metrics/metric.ts'
import { type Alert, isWhole } from './alert.ts'

/**
 * The alert that keeps another one quiet while both fire; null where none does. It hides and ends
 * nothing: it only saves a second message of the same cause.
 *
 * - An organisation of which nothing is heard silences all else of it.
 * - A critical alert silences a warning of the same kind and subject.
 * - Connections at a critical level silence the refusals that follow: their message counts them.
 */
export const silencedBy = (
  alert: Alert,
  active: readonly Alert[],
  metrics: readonly Metric[],
): Alert | null =>
  active.find((other) => other.id !== alert.id && silences(other, alert, metrics)) ?? null

function silences(other: Alert, alert: Alert, metrics: readonly Metric[]): boolean {
  // Of two causes of one blindness the first one speaks, or neither would.
  if (isWhole(other.newest)) return !isWhole(alert.newest) || isEarlier(other, alert)
  if (other.severity !== 'critical') return false
  if (alert.severity === 'warn' && isOfSame(other, alert)) return true
  return other.kind === 'level' && alert.hasCapacity && isOfConnections(other, metrics)
}

const isOfSame = (one: Alert, other: Alert) =>
  one.kind === other.kind &&
  one.metric === other.metric &&
  one.cause === other.cause &&
  (one.kind !== 'failures' || (one.hasCapacity && other.hasCapacity))

const isEarlier = (one: Alert, other: Alert) =>
  one.firedAt < other.firedAt || (one.firedAt === other.firedAt && one.id < other.id)

const isOfConnections = ({ metric }: Alert, metrics: readonly Metric[]) =>
  metrics.some(({ id, group }) => id === metric && group === 'connections')
