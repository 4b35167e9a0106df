import { DAY_MS, type DailyUse, dailyUse } from '../../model/dailyUse.ts'
import { badRequest, notFound, ok } from '../reply.ts'
import { type Call, intervalOf, objectOf, type Route, textOf, textsOf } from '../route.ts'

const JOBS = '/api/v2/usage/aggregates/query/jobs'
const SEEN = ['usage:organization:view']

/** How long a job waits and runs (facts §4.1: results are asked for a minute or two later). */
const QUEUED_MS = 1_000
const RUNNING_MS = 4_000
const LONGEST_MS = 90 * DAY_MS
const OLDEST_MS = 365 * DAY_MS

const GROUPINGS = ['HttpMethod', 'TemplateUri'] as const
type Grouping = (typeof GROUPINGS)[number]

/** What a job is asked: whole days between two instants, by these dimensions. */
type Question = { fromMs: number; toMs: number; groupBy: Grouping[] }

const isGrouping = (name: string): name is Grouping =>
  (GROUPINGS as readonly string[]).includes(name)

function questionOf(given: unknown, nowMs: number): Question {
  const body = objectOf(given)
  const { fromMs, toMs } = intervalOf(body.interval)
  if (toMs - fromMs > LONGEST_MS || nowMs - fromMs > OLDEST_MS)
    throw badRequest('At most 90 days, of the last year', 'query.too.long')
  if (textOf(body.granularity ?? 'Day', 'granularity') !== 'Day')
    throw badRequest('The simulator counts by Day alone', 'invalid.value')
  const groupBy = textsOf(body.groupBy, 'groupBy').map((name) => {
    if (!isGrouping(name))
      throw badRequest(`The simulator does not group by ${name}`, 'invalid.value')
    return name
  })
  return { fromMs, toMs, groupBy }
}

/** The id of a job carries its question, so that nothing has to be remembered. */
const idOf = (body: unknown, createdMs: number) =>
  encodeURIComponent(btoa(encodeURIComponent(JSON.stringify({ body, createdMs }))))

/** The job of an id that may be made up. */
function jobOf(id: string): Question & { createdMs: number } {
  try {
    const text = decodeURIComponent(atob(decodeURIComponent(id)))
    const { body, createdMs } = objectOf(JSON.parse(text))
    if (typeof createdMs !== 'number') throw notFound('The job')
    return { ...questionOf(body, createdMs), createdMs }
  } catch {
    throw notFound('The job')
  }
}

/** Rows of the whole days within the interval; the day that is under way is left out (facts §4.3). */
function rowsOf({ world, nowMs }: Call, { fromMs, toMs, groupBy }: Question) {
  const last = Math.floor(Math.min(toMs, nowMs) / DAY_MS)
  const rows = []
  for (let day = Math.ceil(fromMs / DAY_MS); day < last; day += 1) {
    const date = new Date(day * DAY_MS).toISOString().slice(0, 10)
    for (const { named, use } of grouped(dailyUse(world, day), groupBy)) {
      const { status200, status400, status429, status500 } = use
      const requestCount = status200 + status400 + status500
      rows.push({ date, ...named, requestCount, status200, status400, status429, status500 })
    }
  }
  return rows
}

type Counts = Pick<DailyUse, 'status200' | 'status400' | 'status429' | 'status500'>

/** Sums per group; what is not grouped by is not named. */
function grouped(uses: readonly DailyUse[], groupBy: readonly Grouping[]) {
  const groups = new Map<string, { named: Partial<DailyUse>; use: Counts }>()
  for (const { httpMethod, templateUri, ...counts } of uses) {
    const named = {
      ...(groupBy.includes('HttpMethod') ? { httpMethod } : {}),
      ...(groupBy.includes('TemplateUri') ? { templateUri } : {}),
    }
    const key = JSON.stringify(named)
    const use = groups.get(key)?.use
    groups.set(key, { named, use: use ? summed(use, counts) : counts })
  }
  return [...groups.values()]
}

const summed = (a: Counts, b: Counts): Counts => ({
  status200: a.status200 + b.status200,
  status400: a.status400 + b.status400,
  status429: a.status429 + b.status429,
  status500: a.status500 + b.status500,
})

function results(call: Call) {
  const id = call.params.jobId ?? ''
  const job = jobOf(id)
  const ageMs = call.nowMs - job.createdMs
  if (ageMs < QUEUED_MS) return { queryStatus: 'Queued' }
  if (ageMs < RUNNING_MS) return { queryStatus: 'Running' }
  const pageSize = Number(call.url.searchParams.get('pageSize') ?? 100)
  const after = Number(call.url.searchParams.get('after') ?? 0)
  if (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > 1000 || !Number.isInteger(after))
    throw badRequest('pageSize must be 1 to 1000, after a cursor', 'invalid.query.param.value')
  const rows = rowsOf(call, job)
  const next = after + pageSize
  return {
    queryStatus: 'Succeeded',
    entities: rows.slice(after, next),
    ...(next < rows.length ? { nextUri: `${JOBS}/${id}?pageSize=${pageSize}&after=${next}` } : {}),
  }
}

/** The calls of all integrations by day, as an asynchronous job (facts §4.2). */
export const usageRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: JOBS,
    permissions: SEEN,
    answer: (call) => {
      const { interval, granularity, groupBy } = objectOf(call.body)
      const body = { interval, granularity, groupBy }
      questionOf(body, call.nowMs)
      const id = idOf(body, call.nowMs)
      return ok({ id, resultsUri: `${JOBS}/${id}` })
    },
  },
  {
    method: 'GET',
    path: `${JOBS}/{jobId}`,
    permissions: SEEN,
    answer: (call) => ok(results(call)),
  },
]
