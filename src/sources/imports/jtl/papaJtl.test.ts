import fc from 'fast-check'
import { expect, test } from 'vitest'
import { papaRecords } from '#testing/papaRecords.ts'
import { parseFileTime } from '../fileTime.ts'
import { openJtlReading } from './jtlReading.ts'

const HEADER = 'timeStamp,elapsed,label,responseCode,threadName,success,allThreads'
const START_MS = 1_789_642_800_000

const mostly = (usual: fc.Arbitrary<string>, ...odd: string[]) =>
  fc.oneof({ weight: 6, arbitrary: usual }, fc.constantFrom(...odd))
const cell = (most: number) => fc.nat(most).map(String)

const ODD_TIMES =
  ' 1789642800500 ,1789642800,1789642800.5,"1789642800123",,soon,12345,2026/09/17 13:00:00.5,timeStamp,99999999999,100000000000,99999999999999,100000000000000,1789642800123x,-1789642800123'.split(
    ',',
  )

const line = fc
  .tuple(
    mostly(
      fc.nat(90_000).map((ms) => String(START_MS + ms)),
      ...ODD_TIMES,
    ),
    mostly(cell(3_000), '-5', '1.5', 'fast', '', '"7"', ' 7', '12345678901234', '1e3'),
    mostly(cell(3), '"a, ""b"""', '"a\nb"', '"a\r\nb"', '', 'é', '\ufeff', '"', 'a"b'),
    mostly(fc.constantFrom('200', '503'), '', ' 503', '"20""0"', 'Non HTTP response code: x'),
    mostly(fc.constant('Agents 1-1'), '', '"t 1-1"'),
    mostly(fc.constantFrom('true', 'false'), 'TRUE', '', '"true"', 'yes', 'tru'),
    mostly(cell(300), '', '-1', '1.0', '"5"', '1234567890', '0007'),
  )
  .map((cells) => cells.join(','))

/** The same counts from PapaParse's strings, by the plain rules. */
function plainCounts(text: string) {
  const [header, ...records] = papaRecords(text, ',')
  const codes: Record<string, number> = {}
  const labels = new Set<string>()
  const starts: number[] = []
  const ends: number[] = []
  const threads: number[] = []
  const lines: number[] = []
  for (const { fields, line: at, isQuoteOpen } of records) {
    const [stamp = '', elapsed = '', label = '', code = '', , , active = ''] = fields
    const time = parseFileTime(stamp.trim())
    const isWhole = !isQuoteOpen && fields.length === header!.fields.length
    if (!isWhole || !time || !/^-?\d{1,13}(\.\d+)?$/.test(elapsed)) lines.push(at)
    else {
      codes[code] = (codes[code] ?? 0) + 1
      labels.add(label)
      starts.push(time.ms)
      ends.push(time.ms + Math.max(0, Number(elapsed)))
      if (/^\d{1,9}$/.test(active)) threads.push(Number(active))
    }
  }
  const extreme = (of: (...values: number[]) => number, values: readonly number[]) =>
    values.length > 0 ? of(...values) : null
  return {
    samples: starts.length,
    codes,
    labels: labels.size,
    firstAt: extreme(Math.min, starts),
    lastAt: extreme(Math.max, starts),
    endAt: extreme(Math.max, ends),
    peakThreads: extreme(Math.max, threads),
    lines,
  }
}

test('counts and rejected lines are those of the strings that PapaParse gives, wherever the bytes are cut', () => {
  const good = `${START_MS},1,a,200,Agents 1-1,true,1`
  fc.assert(
    fc.property(fc.array(line, { maxLength: 15 }), fc.array(fc.nat()), (lines, cuts) => {
      const text = [HEADER, good, ...lines].join('\n')
      const bytes = new TextEncoder().encode(text)
      const ends = [...cuts.map((cut) => cut % bytes.length), bytes.length].sort((a, b) => a - b)
      const reading = openJtlReading('run.jtl')
      for (const [i, end] of ends.entries()) reading.push(bytes.subarray(ends[i - 1] ?? 0, end))
      const { summary, rejected } = reading.end()
      const { lines: left, ...counts } = plainCounts(text)
      expect(summary).toMatchObject({ ...counts, rejected: left.length })
      expect(rejected.map((one) => one.line)).toEqual(left)
    }),
    { numRuns: 500 },
  )
})

test('a text that a piece cuts in two is not counted as two', () => {
  const rows = ['GET /orders', 'GET /order', 'GET /orders'].map(
    (label, i) => `${START_MS + i},1,${label},200,Agents 1-1,true,1`,
  )
  const bytes = new TextEncoder().encode([HEADER, ...rows, ''].join('\n'))
  for (let cut = 1; cut < bytes.length; cut++) {
    const reading = openJtlReading('run.jtl')
    reading.push(bytes.subarray(0, cut))
    reading.counts()
    reading.push(bytes.subarray(cut))
    expect(reading.end().summary).toMatchObject({ labels: 2, codes: { 200: 3 }, samples: 3 })
  }
})

test('each of very many distinct messages is judged, though not all are kept', () => {
  const reading = openJtlReading('run.jtl')
  const encode = (text: string) => new TextEncoder().encode(text)
  reading.push(encode('timeStamp,elapsed,label,responseCode,responseMessage,success\n'))
  for (let i = 0; i < 70_000; i++) {
    const message = i % 2 === 0 ? `HTTP/1.1 503 of ${i}` : `refused: connection ${i}`
    reading.push(encode(`${START_MS + i},1,WS /v1,,${message},false\n`))
  }
  const { summary, observation } = reading.end()
  expect(summary.classes).toEqual({ capacity: 35_000, other: 35_000 })
  expect(observation.errors.reduce((sum, { count }) => sum + count, 0)).toBe(70_000)
  expect(observation.errors.at(-1)!.message).toMatch(/ 69\d\d\d$/)
})
