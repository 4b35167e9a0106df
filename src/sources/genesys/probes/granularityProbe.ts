import { formatDuration } from '#domain/format.ts'
import { elapsed, type EpochMs, later, MINUTE_MS } from '#domain/units.ts'
import { rateLimitsCall, rateLimitsShape, type RateLimitsReply } from '../catalogue/rateLimits.ts'
import { askShaped } from './askShaped.ts'
import type { Probe } from './probe.ts'
import { attempt, countOf } from './probeWords.ts'

const GRANULARITIES_MIN = [1, 5, 15, 30] as const

/** P6: how fine the record of nearly reached limits is, and how late (facts §5.3). */
export const granularityProbe: Probe = {
  id: 'P6',
  title: 'Record of limits nearly reached',
  decides: 'the finest step of the record, and how late it comes',
  calls: ['POST /api/v2/analytics/ratelimits/aggregates/query'],
  permissions: ['analytics:rateLimitAggregate:view'],
  byHand: 'Run it while a limit is above 90 %: below, nothing is recorded.',
  read: async (tools) => {
    const { context } = tools
    const findings: string[] = []
    for (const minutes of GRANULARITIES_MIN) {
      const call = rateLimitsCall(minutes, context.now())
      const tried = await attempt(askShaped(tools, call, rateLimitsShape))
      if (!tried.ok && tried.error.kind !== 'badRequest') throw tried.error
      const words = tried.ok
        ? acceptedWords(tried.value, minutes, context.now())
        : `too fine (${tried.error.details.code ?? tried.error.details.status})`
      findings.push(`PT${minutes}M: ${words}.`)
    }
    return findings
  },
}

function acceptedWords({ results = [] }: RateLimitsReply, minutes: number, now: EpochMs): string {
  const starts = results.flatMap(({ data }) => data.map(({ interval }) => interval))
  if (starts.length === 0)
    return 'accepted; nothing is recorded: no tracked limit is above about 90 %'
  const newestEnd = later(Math.max(...starts) as EpochMs, minutes * MINUTE_MS)
  const lateMs = elapsed(newestEnd, now)
  const delay =
    lateMs < 0
      ? 'the newest bucket is the one that is running'
      : `the newest bucket ended ${formatDuration(lateMs)} before`
  return `accepted; ${countOf(results.length, 'limit')}, ${countOf(starts.length, 'bucket')}; ${delay}`
}
