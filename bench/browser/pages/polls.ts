import * as z from 'zod/mini'
import { durationMs } from '#domain/units.ts'
import { callSource } from '#sources/genesys/catalogue/callSource.ts'
import { genesysMetric } from '#sources/genesys/catalogue/genesysMetric.ts'
import type { Connection } from '#sources/genesys/connection.ts'
import type { PolledSource } from '#sources/polledSource.ts'

/** What became of the polls since the last look. */
export type PollTotals = {
  polls: number
  /** How late a poll began or its reply was there, after the poll was due: the worst, and the 99th of a hundred. */
  latestStartMs: number
  latestReplyMs: number
  p99ReplyMs: number
  /** Polls whose reply came later than a second after they were due. */
  lateReplies: number
}

const LATE_MS = 1_000

const shape = z.object({ concurrentCallCount: z.number(), maxCallCapacity: z.number() })

/**
 * Sources of one metric each, and a notebook of when each was asked. Due times are those of an ideal
 * clock that began with a source's first poll: any drift shows.
 */
export function createPolls() {
  let starts: number[] = []
  let replies: number[] = []

  function noted(source: PolledSource): PolledSource {
    let firstAt: number | null = null
    return {
      ...source,
      async ask(context) {
        const askedAt = performance.now()
        firstAt ??= askedAt
        const ticks = Math.round((askedAt - firstAt) / source.everyMs)
        const dueAt = firstAt + ticks * source.everyMs
        starts.push(askedAt - dueAt)
        try {
          return await source.ask(context)
        } finally {
          replies.push(performance.now() - dueAt)
        }
      },
    }
  }

  return {
    /** Asks for calls and their capacity, which is the catalogue's best known call, under so many names. */
    sources: (connection: Connection, count: number, every: number): PolledSource[] =>
      Array.from({ length: count }, (_, i) => {
        const id = `bench.${i + 1}`
        const everyMs = durationMs(every)
        return noted(
          callSource(connection, {
            id,
            title: `Calls ${i + 1}`,
            everyMs,
            metrics: [
              genesysMetric({
                id,
                title: `Calls ${i + 1}`,
                group: 'sessions',
                intervalMs: everyMs,
              }),
            ],
            call: {
              method: 'GET',
              path: '/api/v2/telephony/calls/metrics',
              query: { metricType: 'cloud' },
              permissions: ['telephony:callMetrics:view'],
            },
            shape,
            readings: ({ concurrentCallCount, maxCallCapacity }) => [
              {
                metric: id,
                value: concurrentCallCount,
                limit: { value: maxCallCapacity, source: 'told with the value' },
              },
            ],
          }),
        )
      }),
    take(): PollTotals {
      const [begun, ended] = [starts, replies]
      starts = []
      replies = []
      return {
        polls: ended.length,
        latestStartMs: Math.max(0, ...begun.map(Math.abs)),
        latestReplyMs: Math.max(0, ...ended),
        p99ReplyMs: ended.toSorted((a, b) => a - b)[Math.floor(ended.length * 0.99)] ?? 0,
        lateReplies: ended.filter((ms) => ms > LATE_MS).length,
      }
    },
  }
}
