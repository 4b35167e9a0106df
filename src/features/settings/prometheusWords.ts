import { formatDuration } from '#domain/format.ts'
import { durationMs, type EpochMs } from '#domain/units.ts'
import type { PrometheusProbe } from '#sources/history/prometheus/probePrometheus.ts'

/**
 * What a check of a Prometheus found, in words. `organisation`: as its recorder is said to name the one that
 * is looked at.
 */
export function probeWords(probe: PrometheusProbe, organisation: string, now: EpochMs): string {
  if (probe.kind === 'fails') return probe.problem
  const { organisations } = probe
  if (organisations.length === 0)
    return 'Answers, and keeps nothing of a recorder: there is no history to read, but queries can be asked.'
  const names = organisations.map(({ name }) => name).join(', ')
  const noun = organisations.length === 1 ? 'organisation' : 'organisations'
  const own = organisations.find(({ name }) => name === organisation)
  const knows = `Answers. Knows ${noun} ${names}`
  if (!own) return `${knows}, and none that is called ${organisation}: say its id at the recorder.`
  return own.newestAt === null
    ? `${knows}; ${organisation} has not been recorded for more than 5 min.`
    : `${knows}; the newest sample of ${organisation} is ${formatDuration(durationMs(Math.max(0, now - own.newestAt)))} old.`
}
