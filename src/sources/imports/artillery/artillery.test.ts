import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readFile } from '../readFile.ts'

/**
 * Generated: `artillery run --output` of version 1.7.9, 20 users per second for 12 s, two requests each, against a
 * loopback server that answers 503 to each seventh request, closes the connection of each fiftieth, and lets
 * each 401st wait. Its lists of single latencies are left out.
 */
const REPORT = readFileSync(join(import.meta.dirname, 'fixtures', 'generated-1.7.9.json'), 'utf8')

const read = (text: string) => readFile(new Blob([text]), { name: 'report.json' })

test('a report of Artillery 1.7 is read: its periods are stamped where they end, and tell their length', async () => {
  const { format, summary, observation } = await read(REPORT)
  expect(format).toBe('artillery-json')
  expect(summary).toMatchObject({
    samples: 469,
    rejected: 0,
    codes: { 200: 401, 503: 68 },
    classes: { capacity: 68, network: 9 },
    // 398 requests at 40.04 a second before 17:48:33.649.
    firstAt: Date.parse('2026-11-29T17:48:23.709Z'),
    endAt: Date.parse('2026-11-29T17:48:36.149Z'),
  })
  const attempts = observation.samples.find(({ metric }) => metric.includes('.attempts:'))
  expect([...attempts!.series.value]).toEqual([398, 80])
  expect(observation.errors.filter(({ status }) => status === 503)).toMatchObject([
    { count: 56, at: Date.parse('2026-11-29T17:48:28.679Z') },
    { count: 12 },
  ])
})

test('a reason that quotes the report quotes no secret', async () => {
  const report = JSON.parse(REPORT) as { intermediate: Record<string, unknown>[] }
  const broken = { counters: 'a@example.com' }
  const text = JSON.stringify({ ...report, intermediate: [...report.intermediate, broken] })
  const { rejected } = await read(text)
  expect(rejected).toHaveLength(1)
  expect(rejected[0]!.reason).toContain('"[e-mail removed]"')
})

const periodAt = (atMs: number, told: object = {}) => ({
  timestamp: new Date(atMs).toISOString(),
  codes: { 503: 3 },
  requestsCompleted: 5,
  ...told,
})
const reportOf = (intermediate: object[]) =>
  JSON.stringify({ aggregate: { codes: {} }, intermediate })
const END = Date.parse('2026-09-17T10:00:00Z')

test.each([
  [1, 1e-320],
  [1e12, 1e-9],
  [1e-9, 1e12],
])(
  '%d requests at %d a second are no length of a period: it is as long as between two',
  async (count, mean) => {
    const periods = [periodAt(END, { rps: { count, mean } }), periodAt(END + 10_000)]
    const { summary, observation } = await read(reportOf(periods))
    expect(summary).toMatchObject({ firstAt: END - 10_000, endAt: END + 10_000 })
    expect(observation.errors.map(({ at }) => at)).toEqual([END - 5_000, END + 5_000])
  },
)
