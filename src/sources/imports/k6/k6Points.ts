import { classify } from '#domain/errors/classify.ts'
import type { FileFormat } from '../fileFormat.ts'
import { parseFileTime } from '../fileTime.ts'
import type { Hears } from '../filePass.ts'
import type { Failure } from '../samples/failure.ts'
import { hostIn } from '../samples/hostIn.ts'
import { createSamplePass } from '../samples/samplePass.ts'
import { createSampleTexts } from '../samples/sampleTexts.ts'
import { createTextSamples } from '../samples/textSample.ts'

/** One value of one of k6's metrics, with the tags that are read; `''` where there is none. */
export type K6Point = {
  metric: string
  time: string
  value: number
  tags: Readonly<Partial<Record<K6Tag, string>>>
}

export const K6_TAGS = [
  'status',
  'name',
  'url',
  'method',
  'error',
  'error_code',
  'expected_response',
  'scenario',
] as const
export type K6Tag = (typeof K6_TAGS)[number]

/** The metrics that are read; k6 writes more. */
export const K6_METRICS: ReadonlySet<string> = new Set(['http_reqs', 'ws_sessions', 'vus'])

/** One point may count several requests; so many at once nobody makes. */
const MOST_AT_ONCE = 100_000

/**
 * Makes samples of k6's points: each of `http_reqs` and `ws_sessions` is an attempt, `vus` tells the
 * virtual users. k6 stamps a request with one instant, so it has no length here.
 * Source: grafana.com/docs/k6, "Built-in metrics", "JSON output", "CSV output".
 */
export function createK6Points(name: string, format: FileFormat, hears: Hears) {
  const texts = createSampleTexts()
  const sampleOf = createTextSamples(texts)
  const pass = createSamplePass(
    name,
    {
      format,
      kind: 'k6',
      level: { id: 'vus', title: 'Virtual users', note: 'highest of each second' },
      attempts: { id: 'attempts', title: 'Load test attempts', note: 'requests per second' },
      makers: 'threadGroup',
      // A scenario has many users, and k6 does not tell them apart.
      groupOf: (scenario) => scenario,
      told: { codes: true, failures: true, labels: true, subSamples: false, clients: false },
    },
    texts,
    hears,
  )

  function takeAttempts(point: K6Point, atMs: number, assumedUtc: boolean) {
    const { tags, value } = point
    const failure = failureOf(point)
    const sample = sampleOf({
      startMs: atMs,
      endMs: atMs,
      label: tags.name || tags.url || '',
      code: tags.status ?? '',
      message: tags.error ?? '',
      thread: tags.scenario ?? '',
      host: hostIn(tags.url || tags.name || ''),
      assumedUtc,
    })
    const times = Math.min(MOST_AT_ONCE, Math.round(value))
    for (let i = 0; i < times; i += 1) pass.take(sample, { failure })
  }

  function takeUsers(atMs: number, count: number) {
    pass.see(atMs)
    pass.takeLevel(atMs, count)
  }

  return {
    /** The point that stands in this line. */
    take(point: K6Point, line: number) {
      const time = parseFileTime(point.time)
      if (!time) pass.reject(line, 'the time cannot be read')
      else if (!(point.value >= 0)) pass.reject(line, 'the value is no number from 0 on')
      else if (point.metric === 'vus') takeUsers(time.ms, point.value)
      else takeAttempts(point, time.ms, time.assumedUtc)
    },
    reject: pass.reject,
    end() {
      pass.end()
      return pass.result(['k6 stamps a request once: requests in flight cannot be counted'])
    },
  }
}

/** k6 itself says whether a reply was expected; a refusal counts whatever the script expected. */
function failureOf({ metric, tags }: K6Point): Failure | null {
  const status = Number(tags.status || 0)
  const isExpected = tags.expected_response ? tags.expected_response === 'true' : null
  const isGood = isExpected ?? (status >= 100 && status < 400)
  if (isGood && status < 400 && status > 0) return null
  const read = classify({
    status,
    text: tags.error ?? null,
    target: tags.name || tags.url || null,
    method: tags.method ?? null,
    isWebSocket: metric === 'ws_sessions',
    k6Code: tags.error_code ? Number(tags.error_code) : null,
  })
  if (isGood && read.class === 'other') return null
  return {
    class: read.class,
    place: read.place,
    status: read.status,
    code: tags.error_code || null,
  }
}
