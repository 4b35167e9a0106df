import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { JTL_START_MS, jtlLine, jtlText } from '#testing/jtlText.ts'
import { readFile } from '../readFile.ts'
import { secretsIn } from '../redaction.ts'

const read = (text: BlobPart, name = 'run.jtl') => readFile(new Blob([text]), { name })
const fixture = () => readFileSync(join(import.meta.dirname, 'fixtures', 'ramp.jtl'))

test('a ramp into a limit is read: threads, refusals, attempts, run', async () => {
  const { observation, summary, rejected, warnings } = await read(fixture(), 'ramp.jtl')
  expect(summary).toEqual({
    samples: 273,
    rejected: 0,
    codes: { 200: 207, 503: 66 },
    classes: { capacity: 66 },
    firstAt: 1789650000041,
    lastAt: 1789650059523,
    endAt: 1789650059539,
    subSamples: null,
    peakThreads: 40,
    labels: 2,
  })
  expect({ rejected, warnings }).toEqual({ rejected: [], warnings: [] })
  const [threads, attempts] = observation.samples
  expect(Math.max(...threads!.series.value)).toBe(40)
  expect(attempts!.series.value.reduce((sum, count) => sum + count, 0)).toBe(273)
  expect(observation.errors.reduce((sum, { count }) => sum + count, 0)).toBe(66)
  expect(observation.markers.map(({ kind, at }) => [kind, at])).toEqual([
    ['run', 1789650000041],
    ['end', 1789650059539],
  ])
})

test('active threads are measured in sampled clients and named as what they are', async () => {
  const { observation, fileId } = await read(jtlText(jtlLine(0, 200, 5)))
  expect(observation.metrics[0]).toMatchObject({
    id: `jtl.threads:${fileId}`,
    title: 'Active threads',
    provenance: 'measured',
    scope: 'sampledClients',
    group: 'connections',
    kind: 'gauge',
    origin: 'run.jtl',
    intervalMs: null,
  })
})

test('of each second the highest number of threads is kept, when its sample was over, in order of time', async () => {
  const lines = [jtlLine(2, 200, 4), jtlLine(0, 200, 7), jtlLine(0.5, 200, 9), jtlLine(0.2, 200, 3)]
  const [threads] = (await read(jtlText(...lines))).observation.samples
  expect([...threads!.series.timeMs]).toEqual([JTL_START_MS + 600, JTL_START_MS + 2100])
  expect([...threads!.series.value]).toEqual([9, 4])
})

test('a long pause without samples is a gap, not a level', async () => {
  const busy = Array.from({ length: 20 }, (_, i) => jtlLine(i, 200, 5))
  const [threads] = (await read(jtlText(...busy, jtlLine(600, 200, 1)))).observation.samples
  expect([...threads!.series.value].slice(-3)).toEqual([5, NaN, 1])
})

test('attempts are counted by the second they began in, a pause as zero', async () => {
  const lines = [jtlLine(0, 200, 1), jtlLine(0.4, 503, 1), jtlLine(4, 200, 1), jtlLine(6, 200, 1)]
  const [, attempts] = (await read(jtlText(...lines))).observation.samples
  const seconds = [...attempts!.series.timeMs].map((ms) => (ms - JTL_START_MS) / 1000)
  expect(seconds).toEqual([1, 2, 4, 5, 6, 7])
  expect([...attempts!.series.value]).toEqual([2, 0, 0, 1, 0, 1])
})

test('equal failures of a second are one event with a count, at the first of them', async () => {
  const lines = [
    jtlLine(0.7, 503, 9, { message: 'Service Unavailable' }),
    jtlLine(0.1, 503, 9),
    jtlLine(0.2, 503, 9, { label: 'POST /work' }),
    jtlLine(0.3, 429, 9),
    jtlLine(0.4, 503, 9, { thread: 'Guests 2-1' }),
    jtlLine(1.5, 503, 9),
  ]
  const { errors } = (await read(jtlText(...lines))).observation
  expect(
    errors.map((e) => [e.at - JTL_START_MS, e.class, e.status, e.count, e.route, e.app, e.source]),
  ).toEqual([
    [200, 'capacity', 503, 2, 'GET /work', 'Agents', 'jtl'],
    [300, 'capacity', 503, 1, 'POST /work', 'Agents', 'jtl'],
    [400, 'rate', 429, 1, 'GET /work', 'Agents', 'jtl'],
    [500, 'capacity', 503, 1, 'GET /work', 'Guests', 'jtl'],
    [1600, 'capacity', 503, 1, 'GET /work', 'Agents', 'jtl'],
  ])
  expect(errors[0]!.message).toBe('Service Unavailable')
})

test('an attempt without a reply has a code and no status', async () => {
  const code = 'Non HTTP response code: java.net.ConnectException'
  const { errors } = (await read(jtlText(jtlLine(0, code, 1)))).observation
  expect(errors[0]).toMatchObject({
    class: 'network',
    status: null,
    code: 'java.net.ConnectException',
  })
})

test('sub-results and transactions are counted as samples and not charted twice', async () => {
  const lines = [
    jtlLine(0, 503, 2, { label: 'Home', elapsed: 500 }),
    jtlLine(0, 302, 2, { label: 'Home-0', elapsed: 200 }).replace('false', 'true'),
    jtlLine(0.2, 503, 2, { label: 'Home-1', elapsed: 300 }),
    jtlLine(0, '', 2, {
      label: 'Login',
      elapsed: 500,
      message: 'Number of samples in transaction : 1',
    }),
    jtlLine(3, 503, 2, { label: 'Home-1', elapsed: 300 }),
  ]
  const { observation, summary, warnings } = await read(jtlText(...lines))
  expect(summary.samples).toBe(5)
  expect(summary.codes).toEqual({ 302: 1, 503: 3, '': 1 })
  expect(observation.errors.map(({ route }) => route)).toEqual(['Home', 'Home-1'])
  const attempts = observation.samples[1]!.series.value
  expect(attempts.reduce((sum, count) => sum + count, 0)).toBe(2)
  expect(warnings).toEqual([
    '1 rows of transaction controllers repeat other rows: they are not charted as attempts or errors',
    '2 rows are sub-results of the row before them (redirects, embedded resources): they are not charted as attempts or errors',
  ])
})

test('a sub-result that failed inside a sample that did not is an error of its own', async () => {
  const lines = [
    jtlLine(0, 200, 2, { label: 'Home', elapsed: 500 }),
    jtlLine(0.1, 503, 2, { label: 'Home-0', elapsed: 200 }),
  ]
  const { errors } = (await read(jtlText(...lines))).observation
  expect(errors.map(({ route }) => route)).toEqual(['Home-0'])
})

test('secrets in labels, messages and thread names are gone from all that is kept', async () => {
  const secret = 'kq3ZtW8bX1vN5mR7cY2pL9sD4fG6hJ0a'
  const text = jtlText(
    jtlLine(0, 503, 2, {
      label: `GET /x?access_token=${secret}`,
      thread: 'ada@example.com 1-1',
      message: `Authorization: Bearer ${secret}`,
    }),
    jtlLine(0, `Bearer ${secret}`, 2),
    `${secret},1,x,503,,t 1-1,false,1`,
  )
  const result = await read(text, `run-${secret}.jtl`)
  expect(JSON.stringify(result)).not.toContain(secret)
  expect(JSON.stringify(result)).not.toContain('ada@')
  expect(secretsIn(result.removals)).toBe(5)
  expect(result.warnings.join()).toMatch(/5 secrets were taken out: \d × /)
  expect(result.observation.errors[0]!.route).toBe('GET /x?access_token=[removed]')
})

test('the same file has the same id at every import, also when it has grown', async () => {
  const first = await read(jtlText(jtlLine(0, 200, 1)))
  const grown = await read(jtlText(jtlLine(0, 200, 1), jtlLine(1, 200, 1)))
  const other = await read(jtlText(jtlLine(0, 200, 1)), 'other.jtl')
  expect(grown.fileId).toBe(first.fileId)
  expect(other.fileId).not.toBe(first.fileId)
})

test('what is read survives a structured clone, so a worker can hand it over', async () => {
  const result = await read(fixture())
  expect(structuredClone(result)).toEqual(result)
})
