import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY_MS, epochMs, HOUR_MS, later, metricId, MINUTE_MS, orgId } from '#domain/units.ts'
import { answering, type Asked, json } from '#testing/answering.ts'
import { createPrometheusReader } from './prometheusReader.ts'

const ORG = orgId('alder')
const OPEN = metricId('connections.open')
const START = epochMs(Date.UTC(2026, 2, 2, 8))
const END = later(START, HOUR_MS)
const LABELS = { organisation: 'alder', metric: OPEN }

const matrix = (result: unknown[], more: Record<string, unknown> = {}) =>
  json({ status: 'success', data: { resultType: 'matrix', result }, ...more })

/** A value at each instant of the grid that is asked about. */
function evenly(asked: Asked, value: string) {
  if (!asked.url.pathname.endsWith('query_range')) return []
  const [start, end, step] = ['start', 'end', 'step'].map((name) =>
    Number(asked.url.searchParams.get(name)),
  ) as [number, number, number]
  const values: [number, string][] = []
  for (let at = start; at <= end; at += step) values.push([at, value])
  return values
}

const isOfUsage = (asked: Asked) => queryOf(asked).includes('tidemark_usage{')
const queryOf = ({ url }: Asked) => url.searchParams.get('query') ?? ''

function setup(answer: Parameters<typeof answering>[0]) {
  const { context, asked } = answering(answer)
  const history = createPrometheusReader({
    baseUrl: '/prometheus',
    fetch: (url, init) => context.fetch(new URL(url, 'http://tidemark.test').href, init),
    now: () => END,
  })
  return { history, asked }
}

/** Usage as given for each step of the grid, nothing of anything else. */
const usage = (asked: Asked) =>
  isOfUsage(asked) && !queryOf(asked).includes('unless')
    ? matrix([{ metric: LABELS, values: evenly(asked, '6') }])
    : matrix([])

const stepsOf = async (history: ReturnType<typeof setup>['history']) =>
  (await history.readSummaries(ORG, START, END, MINUTE_MS)).summaries[0]?.steps ?? null

describe('a request', () => {
  test('is a simple GET of one of two paths, without a header that browsers ask leave for', async () => {
    const { history, asked } = setup(usage)
    await history.readSummaries(ORG, START, END, MINUTE_MS)
    await history.read(ORG, START, END)
    expect(asked.every(({ method }) => method === 'GET')).toBe(true)
    expect(asked.flatMap(({ headers }) => [...headers.keys()])).toEqual([])
    expect(new Set(asked.map(({ url }) => url.pathname))).toEqual(
      new Set(['/prometheus/api/v1/query', '/prometheus/api/v1/query_range']),
    )
  })

  test('names the organisation and cannot be broken out of by its id', async () => {
    const { history, asked } = setup(() => matrix([]))
    await history.readSummaries(orgId('a"} or vector(1) #\n'), START, END, MINUTE_MS)
    expect(queryOf(asked[0]!)).toContain(String.raw`{organisation="a\"} or vector(1) #\n"}`)
  })

  test('asks for no more than 11 000 points of a series, and for all metrics together', async () => {
    const { history, asked } = setup(usage)
    const from = epochMs(END - 30 * DAY_MS)
    const kept = await history.readSummaries(ORG, from, END, MINUTE_MS)
    for (const { url } of asked) {
      const [start, end, step] = ['start', 'end', 'step'].map((name) =>
        Number(url.searchParams.get(name)),
      ) as [number, number, number]
      expect((end - start) / step).toBeLessThanOrEqual(11_000)
    }
    expect(asked).toHaveLength(4 * 7 + 1)
    expect(kept.summaries[0]!.steps.startMs).toHaveLength(30 * 24 * 60)
  })
})

describe('what cannot be read', () => {
  const page = '<!doctype html><title>Sign in</title>'
  const answers: [string, () => Response | Error, string, string][] = [
    ['a server that is down', () => new TypeError('fetch failed'), 'network', 'no readable reply'],
    [
      'a slow one',
      () => new DOMException('too slow', 'TimeoutError') as Error,
      'timeout',
      'did not answer in time',
    ],
    [
      'a query that it gave up',
      () => json({ status: 'error', errorType: 'timeout', error: 'timed out' }, { status: 503 }),
      'timeout',
      'timed out',
    ],
    [
      'wrong credentials',
      () => new Response('Unauthorized', { status: 401 }),
      'forbidden',
      'user name and password',
    ],
    ['a refusal', () => new Response('', { status: 403 }), 'forbidden', 'does not allow'],
    [
      'a query that it cannot run',
      () => json({ status: 'error', errorType: 'execution', error: 'too many' }, { status: 422 }),
      'badRequest',
      'too many',
    ],
    ['another path', () => new Response('404 page', { status: 404 }), 'absent', 'another path'],
    [
      'a web page',
      () => new Response(page, { headers: { 'Content-Type': 'text/html' } }),
      'unexpectedShape',
      'a web page',
    ],
    ['nothing', () => new Response(''), 'unexpectedShape', 'nothing where JSON'],
    ['cut off JSON', () => new Response('{"status":"succ'), 'unexpectedShape', 'cut off'],
    [
      'other JSON',
      () => json({ data: [] }),
      'unexpectedShape',
      "is not Prometheus's: status is missing",
    ],
    ['no series', () => matrix([]), 'empty', 'has nothing of organisation “alder”'],
  ]

  test.each(answers)('%s is told and throws nothing', async (_name, answer, kind, words) => {
    const { history } = setup(answer)
    expect(await history.readSummaries(ORG, START, END, MINUTE_MS)).toEqual({
      metrics: [],
      summaries: [],
    })
    const [problem] = history.problems(ORG)
    expect(problem?.kind).toBe(kind)
    expect(problem?.message).toContain(words)
    const past = await history.read(ORG, START, END)
    expect(past.samples).toEqual([])
    expect(past.errors).toEqual([])
    expect(history.problems(ORG).every((each) => each.kind === kind)).toBe(true)
  })

  test('is forgotten once the next reading is whole', async () => {
    let isDown = true
    const { history } = setup((asked) => (isDown ? new TypeError('down') : usage(asked)))
    await history.readSummaries(ORG, START, END, MINUTE_MS)
    expect(history.problems(ORG)).not.toEqual([])
    isDown = false
    await history.readSummaries(ORG, START, END, MINUTE_MS)
    expect(history.problems(ORG)).toEqual([])
  })

  test('takes nothing else along: the other pieces of a long time stay', async () => {
    const from = epochMs(END - 30 * DAY_MS)
    const { history } = setup((asked) =>
      Number(asked.url.searchParams.get('start')) * 1000 > from + 20 * DAY_MS && isOfUsage(asked)
        ? json({ status: 'error', errorType: 'execution', error: 'out of memory' }, { status: 422 })
        : usage(asked),
    )
    const kept = await history.readSummaries(ORG, from, END, MINUTE_MS)
    const { startMs } = kept.summaries[0]!.steps
    expect(startMs[0]).toBe(from)
    expect(startMs.length).toBe(33_000)
    expect(history.problems(ORG)[0]).toMatchObject({ kind: 'badRequest', to: END })
  })

  test('in the middle of an answer costs itself, and the rest is used', async () => {
    const { history } = setup((asked) => {
      if (!isOfUsage(asked)) return matrix([])
      const values = evenly(asked, '6')
      const bad = [[values[3]![0], 'six'], ['soon', '6'], null, [1e15, '6']]
      return matrix([
        { metric: LABELS, values: [...values.slice(0, 30), ...bad, ...values.slice(30)] },
        { metric: LABELS },
      ])
    })
    expect((await stepsOf(history))!.startMs).toHaveLength(60)
    const messages = history.problems(ORG).map(({ message }) => message)
    expect(messages).toContain('4 samples of Prometheus are none and were left out.')
    expect(messages).toContain(
      'A series of Prometheus was left out: values is missing, and a list was expected.',
    )
  })

  test('out of order is sorted and told', async () => {
    const { history } = setup((asked) =>
      isOfUsage(asked)
        ? matrix([{ metric: LABELS, values: evenly(asked, '6').toReversed() }])
        : matrix([]),
    )
    const steps = (await stepsOf(history))!
    expect(steps.startMs[0]).toBe(START)
    expect([...steps.startMs]).toEqual([...steps.startMs].toSorted((a, b) => a - b))
    expect(history.problems(ORG)[0]?.message).toContain('out of order')
  })

  test('twice at one instant counts once, and is told', async () => {
    const twice = (asked: Asked) => evenly(asked, '6').flatMap((value) => [value, value])
    const { history } = setup((asked) =>
      isOfUsage(asked) ? matrix([{ metric: LABELS, values: twice(asked) }]) : matrix([]),
    )
    const steps = (await stepsOf(history))!
    expect(steps.startMs).toHaveLength(60)
    expect(history.problems(ORG)[0]?.message).toContain('out of order')
  })

  test('because nobody listens is asked no further, and told of all that was wanted', async () => {
    const from = epochMs(END - 30 * DAY_MS)
    const { history, asked } = setup(() => new TypeError('down'))
    await history.readSummaries(ORG, from, END, MINUTE_MS)
    // What had gone out already, side by side.
    expect(asked.length).toBeLessThanOrEqual(5)
    const problems = history.problems(ORG)
    expect(problems.every(({ kind }) => kind === 'network')).toBe(true)
    expect(Math.max(...problems.map(({ to }) => to))).toBeGreaterThanOrEqual(END)
    await history.read(ORG, START, END)
    expect(asked.length).toBeGreaterThan(5)
  })

  test('in part, or with a warning, is used and told in the words of the server', async () => {
    const { history } = setup((asked) =>
      isOfUsage(asked)
        ? matrix([{ metric: LABELS, values: evenly(asked, '6') }], {
            isPartial: true,
            warnings: ['remote read failed'],
          })
        : matrix([]),
    )
    expect((await stepsOf(history))!.startMs).toHaveLength(60)
    expect(new Set(history.problems(ORG).map(({ kind }) => kind))).toEqual(
      new Set(['partial', 'warning']),
    )
    expect(history.problems(ORG).map(({ message }) => message)).toContain(
      'Prometheus warns: remote read failed.',
    )
  })
})

test('an error stands at the same instant in a short window and in a long one', async () => {
  const seenAt = later(START, 17 * MINUTE_MS + 20_000)
  const { history } = setup((asked) => {
    const query = queryOf(asked)
    if (query.startsWith('last_over_time(tidemark_organisation_info'))
      return matrix([{ metric: { organisation: 'alder' }, values: evenly(asked, '1') }])
    if (!query.includes('tidemark_errors_total') || !query.includes('unless')) return matrix([])
    const step = Number(asked.url.searchParams.get('step')) * 1000
    const at = Math.ceil(seenAt / step) * step
    const [start, end] = ['start', 'end'].map((name) => Number(asked.url.searchParams.get(name)))
    if (at < start! * 1000 || at > end! * 1000) return matrix([])
    const metric = { organisation: 'alder', class: 'capacity', status: '503' }
    return matrix([{ metric, values: [[at / 1000, '3']] }])
  })
  const instantsOf = async (days: number) => {
    const past = await history.read(ORG, epochMs(END - days * DAY_MS), END, epochMs(Infinity))
    return past.errors.map(({ at, count }) => [at, count])
  }
  const short = await instantsOf(1)
  expect(short).toEqual([[seenAt - 10_000, 3]])
  expect(await instantsOf(7)).toEqual(short)
  expect(await instantsOf(30)).toEqual(short)
})

test('steps are told at their beginning, and one before a hole ends in a gap', async () => {
  const isMissing = (at: number) => at > START / 1000 + 20 * 60 && at <= START / 1000 + 22 * 60
  const { history } = setup((asked) => {
    if (!isOfUsage(asked)) return matrix([])
    const isEnd = !queryOf(asked).includes('_over_time')
    // What stood at the end of a step is looked up minutes back: it covers the hole.
    const values = evenly(asked, '6').filter(([at]) => isEnd || !isMissing(at))
    return matrix([{ metric: LABELS, values }])
  })
  const steps = (await stepsOf(history))!
  const minutes = [...steps.startMs].map((at) => (at - START) / MINUTE_MS)
  expect(minutes).toEqual(Array.from({ length: 58 }, (_, i) => (i < 20 ? i : i + 2)))
  expect([...steps.last].map(Number.isNaN).lastIndexOf(true)).toBe(19)
  expect(steps.last[18]).toBe(6)
})

describe('a window that moves', () => {
  const pan = (byMinutes: number) =>
    [later(START, byMinutes * MINUTE_MS), later(END, byMinutes * MINUTE_MS)] as const
  function movable() {
    let at = later(END, HOUR_MS)
    const { context, asked } = answering((request) => {
      if (!isOfUsage(request)) return matrix([])
      return matrix([{ metric: LABELS, values: evenly(request, String(asked.length)) }])
    })
    const history = createPrometheusReader({
      baseUrl: 'http://127.0.0.1:9090',
      fetch: context.fetch,
      now: () => at,
    })
    const startsOf = async (byMinutes: number) => {
      asked.length = 0
      const [from, to] = pan(byMinutes)
      const { summaries } = await history.readSummaries(ORG, from, to, MINUTE_MS)
      return [...summaries[0]!.steps.startMs].map((start) => (start - START) / MINUTE_MS)
    }
    /** The minutes that were asked about, as the ends of their steps. */
    const askedAbout = () => {
      const { searchParams } = asked.find((request) => queryOf(request).startsWith('max_'))!.url
      return ['start', 'end'].map(
        (name) => (Number(searchParams.get(name)) * 1000 - START) / MINUTE_MS,
      )
    }
    return { startsOf, askedAbout, asked, pass: (byMs: number) => (at = later(at, byMs)) }
  }
  const minutes = (from: number) => Array.from({ length: 60 }, (_, i) => from + i)

  test('asks only for what is new in it, on both sides', async () => {
    const { startsOf, askedAbout, asked } = movable()
    expect(await startsOf(0)).toEqual(minutes(0))
    expect(await startsOf(10)).toEqual(minutes(10))
    expect(askedAbout()).toEqual([61, 70])
    expect(await startsOf(5)).toEqual(minutes(5))
    expect(askedAbout()).toEqual([6, 10])
    expect(await startsOf(5)).toEqual(minutes(5))
    expect(asked).toEqual([])
  })

  test('asks again for what may still change, and for all of it after a while', async () => {
    const { startsOf, askedAbout, pass } = movable()
    await startsOf(60)
    // The last quarter of an hour before now is not settled.
    expect(await startsOf(60)).toEqual(minutes(60))
    expect(askedAbout()).toEqual([106, 120])
    pass(11 * MINUTE_MS)
    await startsOf(60)
    expect(askedAbout()).toEqual([61, 120])
  })
})

test('a window that moves tells the same limits and errors as one that is read whole, and asks for less', async () => {
  const counted = { organisation: 'alder', class: 'capacity', status: '503' }
  /** One more refusal a minute; the limit is raised half an hour after the start. */
  const answer = (asked: Asked) => {
    const query = queryOf(asked)
    const told = (metric: object, valueAt: (minute: number) => number | null) =>
      matrix([
        {
          metric,
          values: evenly(asked, '').flatMap(([at]) => {
            const value = valueAt((at * 1000 - START) / MINUTE_MS)
            return value === null ? [] : [[at, String(value)]]
          }),
        },
      ])
    const isWhole = (minute: number) => minute === Math.floor(minute)
    if (query.startsWith('last_over_time(tidemark_organisation_info')) return told(counted, () => 1)
    if (query.startsWith('last_over_time(tidemark_errors'))
      return told(counted, (minute) => 1_000 + Math.floor(minute))
    if (query.startsWith('tidemark_errors'))
      return told(counted, (minute) => (isWhole(minute) ? 1_000 + minute : null))
    if (query.startsWith('last_over_time(tidemark_limit'))
      return told(LABELS, (minute) => (minute >= 30 ? 80 : 50))
    if (query.startsWith('tidemark_limit'))
      return told(LABELS, (minute) => (minute === 30 ? 80 : null))
    return matrix([])
  }
  const now = later(END, 12 * HOUR_MS)
  const opened = () => {
    const { context, asked } = answering(answer)
    const history = createPrometheusReader({
      baseUrl: 'http://127.0.0.1:9090',
      fetch: context.fetch,
      now: () => now,
    })
    const read = (byMinutes: number) => {
      const [from, to] = [later(START, byMinutes * MINUTE_MS), later(END, byMinutes * MINUTE_MS)]
      return history.read(ORG, from, to, epochMs(Infinity))
    }
    return { read, asked }
  }
  const { read, asked } = opened()
  await read(0)
  for (const byMinutes of [10, 5, -20]) {
    asked.length = 0
    const moved = await read(byMinutes)
    const errorsAsked = asked.filter((one) => queryOf(one).startsWith('tidemark_errors'))
    const minutes = errorsAsked.reduce(
      (sum, { url: { searchParams } }) =>
        sum + Number(searchParams.get('end')) / 60 - Number(searchParams.get('start')) / 60,
      0,
    )
    expect(minutes).toBeLessThan(30)
    const whole = await opened().read(byMinutes)
    expect(moved.errors).toEqual(whole.errors)
    expect(moved.errors.length).toBeGreaterThan(50)
    const heldAt = (past: typeof whole, at: number) =>
      past.limits.findLast(({ step }) => step.from <= at)?.step.value
    const begun = later(START, byMinutes * MINUTE_MS)
    for (let at = Number(begun); at < END; at += MINUTE_MS)
      expect(heldAt(moved, at)).toBe(heldAt(whole, at))
  }
})

test('whatever a server answers, nothing is thrown and times stay in order', async () => {
  const body = fc.oneof(
    fc.json(),
    fc.string(),
    fc
      .array(fc.tuple(fc.oneof(fc.double(), fc.integer()), fc.oneof(fc.string(), fc.integer())))
      .map((values) =>
        JSON.stringify({
          status: 'success',
          data: { resultType: 'matrix', result: [{ metric: LABELS, values }] },
        }),
      ),
  )
  await fc.assert(
    fc.asyncProperty(body, fc.constantFrom(200, 400, 401, 422, 500), async (text, status) => {
      const { history } = setup(() => new Response(text, { status }))
      const past = await history.read(ORG, START, END)
      for (const { series } of past.samples)
        for (let i = 1; i < series.timeMs.length; i += 1)
          expect(series.timeMs[i]!).toBeGreaterThan(series.timeMs[i - 1]!)
      await history.readSummaries(ORG, START, END, MINUTE_MS)
    }),
    { numRuns: 60 },
  )
})
