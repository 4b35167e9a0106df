import { errorEvent } from '#domain/errors/errorEvent.ts'
import { observation } from '#domain/observation.ts'
import { epochMs, later, MINUTE_MS, orgId } from '#domain/units.ts'
import type { OrgFacts } from '#monitor/orgFacts.ts'
import { createMemoryHistory } from '#sources/history/memoryHistory.ts'
import { comparedDays } from './comparedDays.ts'
import { someMetric } from './someMetric.ts'
import { wellFacts } from './wellFacts.ts'

const open = someMetric('connections.open', {
  title: 'WebSocket connections',
  group: 'connections',
})
const attempts = someMetric('connections.attempts', { kind: 'count', group: 'connections' })

const queues = [
  someMetric('acd.waiting', { title: 'Waiting', group: 'queue' }),
  someMetric('acd.serviceLevel', { title: 'Service level', group: 'queue', unit: 'percent' }),
]

type Known = { isCounted?: boolean; isMeasured?: boolean; hasQueues?: boolean }

/**
 * An organisation's history with a raise from 250 to 900 that took every refusal away, and the same two
 * hours a week before it; the facts of a monitor beside it.
 */
export function comparedHistory(known: Known = {}) {
  const { isCounted = true, isMeasured = true, hasQueues = false } = known
  const story = comparedDays({ seed: 1, after: { limit: 900 } })
  const changedAt = story.change.latest
  const now = later(story.after.to, MINUTE_MS)
  const org = orgId('alder')
  const history = createMemoryHistory('a test', story.before.from)
  const limits = [
    { metric: open.id, step: { from: later(story.before.from, -1), value: 250, source: 'feed' } },
    { metric: open.id, step: { from: changedAt, value: 900, source: 'feed' } },
  ]
  const metrics = [open, ...(isCounted ? [attempts] : []), ...(hasQueues ? queues : [])]
  const { timeMs, count } = story.capacity
  const trembling = { timeMs, value: timeMs.map((_, i) => 20 + ((i * 7) % 5)) }
  history.write(
    org,
    observation({
      metrics,
      samples: [
        ...(isMeasured ? [{ metric: open.id, series: story.subject.series }] : []),
        ...(isCounted && isMeasured ? [{ metric: attempts.id, series: story.attempts! }] : []),
        ...(hasQueues ? queues.map(({ id }) => ({ metric: id, series: trembling })) : []),
      ],
      limits,
      errors: Array.from(timeMs, (at, i) => ({ at, count: count[i]! }))
        .filter((one) => one.count > 0)
        .map((one) =>
          errorEvent({
            at: epochMs(one.at),
            count: one.count,
            class: 'capacity',
            source: 'feed',
            status: 503,
          }),
        ),
    }),
  )
  const facts: OrgFacts = wellFacts({
    metrics,
    limits: new Map([[open.id, limits.map(({ step }) => step)]]),
    toldLimits: new Map([[open.id, limits.map(({ step }) => step)]]),
  })
  return { story, changedAt, now, org, history, facts, open }
}
