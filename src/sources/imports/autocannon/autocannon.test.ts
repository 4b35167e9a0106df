import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { readFile } from '../readFile.ts'

/**
 * Generated: `autocannon -d 3 -c 4 -t 1 --json` of version 9.0.0 against a loopback server that answers
 * 503 to each seventh request, closes the connection of each fiftieth, and lets each 401st wait.
 */
const RESULT = readFileSync(join(import.meta.dirname, 'fixtures', 'generated-9.0.0.json'), 'utf8')

const read = (text: string) => readFile(new Blob([text]), { name: 'result.json' })

test('a result of autocannon 9 is read: replies, time-outs, and what was sent in vain', async () => {
  const { format, summary, observation, warnings } = await read(RESULT)
  expect(format).toBe('autocannon-json')
  expect(summary).toMatchObject({
    samples: 5_111,
    codes: { 200: 4_367, 503: 744 },
    classes: { capacity: 744, network: 8 },
    firstAt: Date.parse('2026-11-29T17:46:26.157Z'),
    endAt: Date.parse('2026-11-29T17:46:29.166Z'),
    peakThreads: 4,
  })
  const attempts = observation.samples.find(({ metric }) => metric.includes('.attempts:'))
  expect([...attempts!.series.value]).toEqual([5_119])
  expect(warnings.map(plainSpaces)).toContain(
    '94 requests more are counted as sent than were answered or failed: a connection that is closed without a reply is no error to autocannon, and at a fixed rate it counts too many',
  )
})

test('a server that refused every connection answered nothing, and all attempts failed', async () => {
  const result = {
    ...(JSON.parse(RESULT) as object),
    connections: 2,
    errors: 8_790,
    timeouts: 0,
    statusCodeStats: {},
    requests: { total: 0, sent: 8_792 },
  }
  const { summary, observation, warnings } = await read(JSON.stringify(result))
  expect(summary).toMatchObject({ samples: 0, codes: {}, classes: { network: 8_790 } })
  expect(observation.samples.map(({ series }) => [...series.value])).toContainEqual([8_790])
  expect(warnings).toHaveLength(1)
})

test('replies with another body than was expected are told', async () => {
  const result = { ...(JSON.parse(RESULT) as object), mismatches: 3 }
  const { warnings } = await read(JSON.stringify(result))
  expect(warnings).toContain('3 replies had another body than the test expected')
})
