import { expect, test } from 'vitest'
import { FILE_TEXTS } from '#testing/fileTexts.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { readFile } from './readFile.ts'

const read = (text: string) => readFile(new Blob([text]), { name: 'report.json' })

test('Artillery counts per period: failures stand in its middle, users are begun and not ended', async () => {
  const { observation, summary, warnings } = await read(FILE_TEXTS['artillery-json'])
  expect(summary).toMatchObject({ samples: 7, codes: { 200: 5, 503: 2 }, peakThreads: 3 })
  expect(observation.errors).toMatchObject([
    { at: 1_789_642_815_000, class: 'capacity', status: 503, count: 2 },
  ])
  expect(warnings.map(plainSpaces)).toEqual([
    'Artillery counts per 10 s: failures are known to ± 5 s',
  ])
})

test('a report of Artillery 1 is read too', async () => {
  const period = (at: string, code: number, concurrency: number) => ({
    timestamp: at,
    codes: { [code]: 4 },
    errors: { ECONNREFUSED: 1 },
    requestsCompleted: 4,
    scenariosCreated: 4,
    concurrency,
  })
  const { summary } = await read(
    JSON.stringify({
      aggregate: { timestamp: 'x', codes: { 200: 4, 503: 4 } },
      intermediate: [
        period('2026-09-17T11:00:00.000Z', 200, 9),
        period('2026-09-17T11:00:10.000Z', 503, 4),
      ],
    }),
  )
  expect(summary).toMatchObject({
    samples: 8,
    codes: { 200: 4, 503: 4 },
    classes: { capacity: 4, network: 2 },
    peakThreads: 9,
  })
})

test('virtual users that nobody counted are not zero', async () => {
  const period = { counters: { 'http.requests': 4, 'http.codes.200': 4 } }
  const { summary, observation } = await read(
    JSON.stringify({
      aggregate: { counters: {} },
      intermediate: [
        { ...period, period: '1789642800000' },
        { ...period, period: '1789642810000' },
      ],
    }),
  )
  expect(summary.peakThreads).toBeNull()
  expect(observation.metrics.map(({ kind }) => kind)).toEqual(['count'])
})

test('a period that cannot be read is left out, by its place', async () => {
  const { summary, rejected } = await read(
    FILE_TEXTS['artillery-json'].replace('"period":"1789642810000"', '"period":"soon"'),
  )
  expect(summary.rejected).toBe(1)
  expect(rejected[0]!.reason).toBe('intermediate[1]: the time ("period") cannot be read')
})

test('autocannon counts its whole run', async () => {
  const { summary, observation } = await read(FILE_TEXTS['autocannon-json'])
  expect(summary).toMatchObject({
    samples: 30,
    codes: { 200: 27, 503: 3 },
    classes: { capacity: 3, network: 2 },
    peakThreads: 10,
  })
  expect(observation.samples).toHaveLength(2)
})

test('a report that is cut off is refused with the line at which it ends', async () => {
  const text = JSON.stringify(JSON.parse(FILE_TEXTS['artillery-json']), null, 2)
  await expect(read(text.slice(0, -20))).rejects.toThrow(
    /^report\.json, line 2\d: the report of Artillery is no whole JSON document: it ends too early$/,
  )
})
