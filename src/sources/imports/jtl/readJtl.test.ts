import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ImportError } from '../importError.ts'
import { importJtl } from './importJtl.ts'
import { type ImportProgress, readJtl } from './readJtl.ts'

const HEADER = 'timeStamp,elapsed,label,responseCode,responseMessage,threadName,success,allThreads'
const T0 = Date.UTC(2026, 8, 17, 13)

/** One line of a JTL, `atS` seconds into the run. */
const line = (atS: number, code: number | string, threads: number, parts: Partial<Line> = {}) => {
  const { elapsed = 100, label = 'GET /work', thread = 'Agents 1-1', message = '' } = parts
  return [T0 + atS * 1000, elapsed, label, code, message, thread, code === 200, threads].join(',')
}
type Line = { elapsed: number; label: string; thread: string; message: string }

const jtl = (...lines: string[]) => [HEADER, ...lines, ''].join('\n')
const read = (text: BlobPart, name = 'run.jtl') => readJtl(new Blob([text]), { name })
const refusal = (text: BlobPart, name?: string) =>
  read(text, name).then(
    () => {
      throw new Error('the file was read')
    },
    (error: unknown) => {
      if (!(error instanceof ImportError)) throw error
      return { kind: error.kind, message: error.message }
    },
  )

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
  const { observation, fileId } = await read(jtl(line(0, 200, 5)))
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
  const lines = [line(2, 200, 4), line(0, 200, 7), line(0.5, 200, 9), line(0.2, 200, 3)]
  const [threads] = (await read(jtl(...lines))).observation.samples
  expect([...threads!.series.timeMs]).toEqual([T0 + 600, T0 + 2100])
  expect([...threads!.series.value]).toEqual([9, 4])
})

test('a long pause without samples is a gap, not a level', async () => {
  const busy = Array.from({ length: 20 }, (_, i) => line(i, 200, 5))
  const [threads] = (await read(jtl(...busy, line(600, 200, 1)))).observation.samples
  expect([...threads!.series.value].slice(-3)).toEqual([5, NaN, 1])
})

test('attempts are counted by the second they began in, a pause as zero', async () => {
  const lines = [line(0, 200, 1), line(0.4, 503, 1), line(4, 200, 1), line(6, 200, 1)]
  const [, attempts] = (await read(jtl(...lines))).observation.samples
  const seconds = [...attempts!.series.timeMs].map((ms) => (ms - T0) / 1000)
  expect(seconds).toEqual([1, 2, 4, 5, 6, 7])
  expect([...attempts!.series.value]).toEqual([2, 0, 0, 1, 0, 1])
})

test('equal failures of a second are one event with a count, at the first of them', async () => {
  const lines = [
    line(0.7, 503, 9, { message: 'Service Unavailable' }),
    line(0.1, 503, 9),
    line(0.2, 503, 9, { label: 'POST /work' }),
    line(0.3, 429, 9),
    line(0.4, 503, 9, { thread: 'Guests 2-1' }),
    line(1.5, 503, 9),
  ]
  const { errors } = (await read(jtl(...lines))).observation
  expect(
    errors.map((e) => [e.at - T0, e.class, e.status, e.count, e.route, e.app, e.source]),
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
  const { errors } = (await read(jtl(line(0, code, 1)))).observation
  expect(errors[0]).toMatchObject({
    class: 'network',
    status: null,
    code: 'java.net.ConnectException',
  })
})

test('sub-results and transactions are counted as samples and not charted twice', async () => {
  const lines = [
    line(0, 503, 2, { label: 'Home', elapsed: 500 }),
    line(0, 302, 2, { label: 'Home-0', elapsed: 200 }).replace('false', 'true'),
    line(0.2, 503, 2, { label: 'Home-1', elapsed: 300 }),
    line(0, '', 2, {
      label: 'Login',
      elapsed: 500,
      message: 'Number of samples in transaction : 1',
    }),
    line(3, 503, 2, { label: 'Home-1', elapsed: 300 }),
  ]
  const { observation, summary, warnings } = await read(jtl(...lines))
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
    line(0, 200, 2, { label: 'Home', elapsed: 500 }),
    line(0.1, 503, 2, { label: 'Home-0', elapsed: 200 }),
  ]
  const { errors } = (await read(jtl(...lines))).observation
  expect(errors.map(({ route }) => route)).toEqual(['Home-0'])
})

test('secrets in labels, messages and thread names are gone from all that is kept', async () => {
  const secret = 'kq3ZtW8bX1vN5mR7cY2pL9sD4fG6hJ0a'
  const text = jtl(
    line(0, 503, 2, {
      label: `GET /x?access_token=${secret}`,
      thread: 'ada@example.com 1-1',
      message: `Authorization: Bearer ${secret}`,
    }),
    line(0, `Bearer ${secret}`, 2),
    `${secret},1,x,503,,t 1-1,false,1`,
  )
  const result = await read(text, `run-${secret}.jtl`)
  expect(JSON.stringify(result)).not.toContain(secret)
  expect(JSON.stringify(result)).not.toContain('ada@')
  expect(result.removedSecrets).toBe(5)
  expect(result.warnings).toContain('5 secrets were taken out')
  expect(result.observation.errors[0]!.route).toBe('GET /x?access_token=[removed]')
})

test('the same file has the same id at every import, also when it has grown', async () => {
  const first = await read(jtl(line(0, 200, 1)))
  const grown = await read(jtl(line(0, 200, 1), line(1, 200, 1)))
  const other = await read(jtl(line(0, 200, 1)), 'other.jtl')
  expect(grown.fileId).toBe(first.fileId)
  expect(other.fileId).not.toBe(first.fileId)
})

test('what is read survives a structured clone, so a worker can hand it over', async () => {
  const result = await read(fixture())
  expect(structuredClone(result)).toEqual(result)
})

test.each([
  ['comma', ','],
  ['tab', '\t'],
  ['semicolon', ';'],
  ['bar', '|'],
])('a file with %s between its fields is read', async (_, delimiter) => {
  const { summary } = await read(jtl(line(0, 200, 3), line(1, 503, 4)).replaceAll(',', delimiter))
  expect(summary).toMatchObject({ samples: 2, rejected: 0, codes: { 200: 1, 503: 1 }, labels: 1 })
})

test('byte order mark, CRLF, upper case and another order of the columns do not matter', async () => {
  const text = [
    '\uFEFFSUCCESS,allthreads,responseCode,Elapsed,label,timestamp',
    `false,7,503,100,GET /work,${T0}`,
    '',
  ].join('\r\n')
  const { summary, observation } = await read(text)
  expect(summary).toMatchObject({ samples: 1, rejected: 0, peakThreads: 7 })
  expect(observation.errors[0]).toMatchObject({ at: T0 + 100, route: 'GET /work', app: null })
})

test('UTF-16 is read where a byte order mark says so', async () => {
  const text = `\uFEFF${jtl(line(0, 200, 3, { label: 'Müllers Büro' }))}`
  const units = Uint16Array.from(text, (letter) => letter.charCodeAt(0))
  expect((await read(units)).summary).toMatchObject({ samples: 1, peakThreads: 3 })
})

test.each([12, 16, 17])('a file without a header line is read by its %d columns', async (width) => {
  const message = width === 12 ? [] : ['']
  const tail = { 12: ['375', '5', '9', '254'], 16: ['1', '2', '5', '9', '1', '0', '1'] }
  const rest = width === 12 ? tail[12] : tail[16].toSpliced(4, 0, ...(width === 17 ? ['u'] : []))
  const fields = [T0, 254, 'GET /work', 503, 'x', 'tg 1-3', 'text', false, ...message, ...rest]
  expect(fields).toHaveLength(width)
  const text = `${fields.join(',')}\n${fields.join(',')}\n`
  const { summary, warnings } = await read(text)
  expect(summary).toMatchObject({ samples: 2, rejected: 0, codes: { 503: 2 }, peakThreads: 9 })
  expect(warnings).toEqual([`no header line: read as JMeter's ${width} default columns`])
})

test('without a header the commonest number of fields is the right one', async () => {
  const good = `${T0},254,GET,503,x,tg 1-3,text,false,375,5,9,254`
  const { summary, rejected } = await read([`${T0},254,GE`, good, good, ''].join('\n'))
  expect(summary).toMatchObject({ samples: 2, rejected: 1 })
  expect(rejected).toEqual([{ line: 1, reason: '3 fields where 12 were expected' }])
})

test('clock times without a zone are read as UTC and said so', async () => {
  const text = `${HEADER}\n2026/09/17 13:00:00.500,100,a,200,,t 1-1,true,1\n`
  const { summary, warnings } = await read(text)
  expect(summary.firstAt).toBe(T0 + 500)
  expect(warnings).toEqual(['times name no zone and were read as UTC'])
})

test('a truncated last line is left out with its line and the rest is used', async () => {
  const { summary, rejected } = await read(jtl(line(0, 200, 1), line(1, 503, 2)).slice(0, -30))
  expect(summary).toMatchObject({ samples: 1, rejected: 1 })
  expect(rejected).toEqual([{ line: 3, reason: '3 fields where 8 were expected' }])
})

test('a last line cut off inside a quote is left out and the rest is used', async () => {
  const { summary, rejected } = await read(`${jtl(line(0, 200, 1))}${T0},1,"GET /wo`)
  expect(summary).toMatchObject({ samples: 1, rejected: 1 })
  expect(rejected).toEqual([{ line: 3, reason: 'a quote opened here is never closed' }])
})

test('each broken record is left out with its own reason', async () => {
  const text = jtl(
    line(0, 200, 1),
    `soon,1,a,200,,t 1-1,true,1`,
    `,1,a,200,,t 1-1,true,1`,
    `${T0},fast,a,200,,t 1-1,true,1`,
    HEADER,
    line(1, 200, 1),
  )
  const { summary, rejected } = await read(text)
  expect(summary).toMatchObject({ samples: 2, rejected: 4 })
  expect(rejected).toEqual([
    { line: 3, reason: 'the time cannot be read' },
    { line: 4, reason: 'the time is empty' },
    { line: 5, reason: 'elapsed is not a number of milliseconds' },
    { line: 6, reason: 'the header line once more' },
  ])
})

test('only the first 20 rejections are listed, all are counted', async () => {
  const { summary, rejected } = await read(jtl(line(0, 200, 1), ...Array(50).fill('x,y')))
  expect(summary.rejected).toBe(50)
  expect(rejected).toHaveLength(20)
})

test('a column that occurs twice is read once and said so', async () => {
  const text = `timeStamp,elapsed,label,label,success\n${T0},1,first,second,false\n`
  const { observation, warnings } = await read(text)
  expect(observation.errors[0]!.route).toBe('first')
  expect(warnings).toEqual(['line 1: column "label" occurs twice; the first is read'])
})

test('a file with a header and nothing else holds no samples', async () => {
  const { summary, observation, warnings } = await read(`${HEADER}\n`)
  expect(summary).toMatchObject({ samples: 0, firstAt: null, peakThreads: null })
  expect(observation.metrics).toEqual([])
  expect(observation.markers).toEqual([])
  expect(warnings).toEqual(['the file holds a header line and no samples'])
})

test('a file that lacks columns says null, not zero', async () => {
  const { summary } = await read(`timeStamp,elapsed,allThreads\n${T0},100,3\n`)
  expect(summary).toMatchObject({ codes: null, classes: null, labels: null, peakThreads: 3 })
})

test.each([
  ['an empty file', '', 'empty', 'run.jtl is empty'],
  ['a file of blank lines', '\n\n  \n', 'empty', 'run.jtl is empty'],
  ['a zip archive', 'PK\u0003\u0004rest', 'binary', 'run.jtl is a zip archive: unpack it first'],
  ['a binary file', 'abc\0def', 'binary', 'run.jtl is no text file: byte 4 is zero'],
  [
    'a JTL without times',
    'elapsed,label,responseCode\n1,a,200\n',
    'noUsableColumn',
    'run.jtl, line 1: no column "timeStamp", so nothing can be placed on the time axis; the columns are "elapsed, label, responseCode"',
  ],
  [
    'a JTL without anything to count',
    `timeStamp,elapsed,label\n${T0},1,a\n`,
    'noUsableColumn',
    'run.jtl, line 1: none of "responseCode", "success" and "allThreads" is there; the columns are "timeStamp, elapsed, label"',
  ],
  [
    'another delimiter',
    'timeStamp:elapsed:label:responseCode\n',
    'noUsableColumn',
    `run.jtl, line 1: expected JMeter's column names (timeStamp, elapsed, label, responseCode …) separated by comma, tab, semicolon or "|"; found "timeStamp:elapsed:label:responseCode"`,
  ],
  [
    'records of no known layout without a header',
    `${T0},1,a,200,OK\n`,
    'noUsableColumn',
    'run.jtl, line 1: no header line, and none of the layouts JMeter writes without one (12, 16 or 17 columns); save it with jmeter.save.saveservice.print_field_names=true',
  ],
  [
    'a JTL with times nobody can read',
    `${HEADER}\nsoon,1,a,200,,t,true,1\nlater,1,a,200,,t,true,1\n`,
    'noUsableColumn',
    'run.jtl: none of its 2 records can be used; line 2: the time cannot be read',
  ],
  [
    'another table',
    'time,value\n1,2\n',
    'noUsableColumn',
    `run.jtl is recognised as CSV, this version reads JMeter CSV; line 1: expected JMeter's column names (timeStamp, elapsed, label, responseCode …) separated by comma, tab, semicolon or "|"; found "time,value"`,
  ],
  [
    'a HAR',
    '{ "log": { "version": "1.2", "entries": [] } }',
    'otherFormat',
    'run.jtl is recognised as HAR; this version reads JMeter CSV',
  ],
])('%s is refused with file, line and reason', async (_, text, kind, message) => {
  expect(await refusal(text)).toEqual({ kind, message })
})

test('a file that cannot be read to its end is refused as unreadable', async () => {
  let asked = 0
  const broken = {
    size: 1_000_000,
    stream: () =>
      new ReadableStream<Uint8Array>({
        pull(controller) {
          asked += 1
          if (asked > 1) controller.error(new Error('the disk is gone'))
          else controller.enqueue(new TextEncoder().encode(jtl(line(0, 200, 1))))
        },
      }),
  }
  await expect(readJtl(broken, { name: 'run.jtl' })).rejects.toMatchObject({
    kind: 'unreadable',
    message: 'run.jtl could not be read: the disk is gone',
  })
})

test('it does not matter in which pieces the bytes arrive', async () => {
  const text = jtl(
    line(0, 200, 3, { label: '"Müllers ""Büro"" 😀\r\nzweite Zeile"' }),
    line(1, 503, 4, { thread: 'Agenten für Köln 1-1' }),
    'cut,"off',
  ).replaceAll('\n', '\r\n')
  const bytes = new TextEncoder().encode(text)
  const whole = await read(text)
  expect(whole.summary).toMatchObject({ samples: 2, rejected: 1 })
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: bytes.length }), { maxLength: 8 }), async (cuts) => {
      const ends = [...cuts, bytes.length].sort((a, b) => a - b)
      const pieces = ends.map((end, i) => bytes.slice(ends[i - 1] ?? 0, end))
      const file = {
        size: bytes.length,
        stream: () =>
          new ReadableStream<Uint8Array>({
            start(controller) {
              for (const piece of pieces) controller.enqueue(piece)
              controller.close()
            },
          }),
      }
      expect(await readJtl(file, { name: 'run.jtl' })).toEqual(whole)
    }),
  )
})

test('progress grows to the whole file', async () => {
  const text = jtl(...Array.from({ length: 20_000 }, (_, i) => line(i / 100, 200, 5)))
  const seen: ImportProgress[] = []
  const file = new Blob([text])
  await importJtl(file, { name: 'long.jtl', onProgress: (progress) => seen.push(progress) })
  const bytes = seen.map((progress) => progress.bytes)
  expect(bytes.length).toBeGreaterThan(3)
  expect(bytes).toEqual(bytes.toSorted((a, b) => a - b))
  expect(seen.at(-1)).toEqual({ bytes: file.size, totalBytes: file.size })
})

test('an import that is called off stops reading and throws the reason', async () => {
  const stop = new AbortController()
  const reason = new Error('called off')
  const file = new Blob([jtl(...Array.from({ length: 20_000 }, (_, i) => line(i, 200, 5)))])
  let lastBytes = 0
  const onProgress = ({ bytes }: ImportProgress) => {
    lastBytes = bytes
    stop.abort(reason)
  }
  const options = { name: 'long.jtl', onProgress, signal: stop.signal }
  await expect(importJtl(file, options)).rejects.toBe(reason)
  expect(lastBytes).toBeLessThan(file.size)
})
