import * as z from 'zod/mini'
import { formatCount, formatDuration } from '#domain/format.ts'
import { countShape, parseShape } from '../../shape.ts'
import { ImportError } from '../importError.ts'
import { type FileTime, parseFileTime } from '../fileTime.ts'
import type { FilePass } from '../filePass.ts'
import type { SeriesNames } from '../samples/fileSeries.ts'
import { importOfPeriods, type PeriodReport } from '../samples/importOfPeriods.ts'
import { createWholeJson } from '../wholeJson.ts'

const NAMES: SeriesNames = {
  kind: 'autocannon',
  level: {
    id: 'connections',
    title: 'Connections of the load test',
    note: 'as the test was asked for',
  },
  attempts: { id: 'attempts', title: 'Load test attempts', note: 'requests over the whole run' },
}

const shape = z.object({
  start: z.string(),
  finish: z.string(),
  connections: z.optional(countShape()),
  pipelining: z.optional(countShape()),
  /** Replies, and what was written to a connection. */
  requests: z.object({ total: countShape(), sent: z.optional(countShape()) }),
  errors: z.optional(countShape()),
  timeouts: z.optional(countShape()),
  /** Replies with another body than was expected (`--expectBody`). */
  mismatches: z.optional(countShape()),
  statusCodeStats: z.optional(z.record(z.string(), z.object({ count: countShape() }))),
})
type Result = z.infer<typeof shape>

/**
 * Reads the result of one run of autocannon (`autocannon --json`): counts of the whole run.
 * Source: autocannon's README, "autocannon(opts)"; `lib/run.js` and results of version 9.0.0.
 */
export function openAutocannonPass(name: string): FilePass {
  const json = createWholeJson(name, 'autocannon')
  return {
    push: (bytes) => json.push(bytes),
    end() {
      const result = parseShape(shape, json.end())
      if (!result.ok)
        throw new ImportError(
          'noUsableColumn',
          `${name}: no result of autocannon: ${result.problem}`,
        )
      const start = parseFileTime(result.value.start)
      const finish = parseFileTime(result.value.finish)
      if (!start || !finish || finish.ms < start.ms)
        throw new ImportError(
          'noUsableColumn',
          `${name}: "start" and "finish" are no times from which to which the run went`,
        )
      return importOfPeriods(name, 'autocannon-json', NAMES, reportOf(result.value, start, finish))
    },
  }
}

/** Beyond what may be under way when the run ends. */
function unansweredIn({ requests, connections = 0, pipelining = 1, errors = 0 }: Result): number {
  const left = (requests.sent ?? 0) - requests.total - errors
  return left > connections * pipelining ? left : 0
}

function reportOf(result: Result, start: FileTime, finish: FileTime): PeriodReport {
  const { requests, connections = null, errors = 0, timeouts = 0, statusCodeStats } = result
  const unanswered = unansweredIn(result)
  const stats = statusCodeStats && Object.entries(statusCodeStats)
  const codes = new Map(stats?.map(([code, { count }]) => [code, count]))
  // Time-outs are among the errors.
  const broken = Math.max(0, errors - timeouts)
  return {
    periods: [
      {
        fromMs: start.ms,
        toMs: finish.ms,
        // Not 'sent': at a fixed rate (`-R`) a second's worth too many is counted there.
        attempts: requests.total + errors,
        codes,
        errors: new Map([
          ['connection error', broken],
          ['timed out', timeouts],
        ]),
        level: connections,
      },
    ],
    codes: stats ? codes : null,
    samples: requests.total,
    labels: null,
    rejected: [],
    warnings: [
      `autocannon counts the whole run of ${formatDuration(finish.ms - start.ms)}: when in it something failed is not known`,
      ...(unanswered > 0
        ? [
            `${formatCount(unanswered)} requests more are counted as sent than were answered or failed: a connection that is closed without a reply is no error to autocannon, and at a fixed rate it counts too many`,
          ]
        : []),
      ...(result.mismatches
        ? [`${formatCount(result.mismatches)} replies had another body than the test expected`]
        : []),
      ...(stats ? [] : ['this version of autocannon tells no single statuses']),
    ],
  }
}
