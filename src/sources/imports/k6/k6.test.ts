import { expect, test } from 'vitest'
import { readFile } from '../readFile.ts'

const HEADER =
  'metric_name,timestamp,metric_value,error,error_code,expected_response,method,name,status,url'
const csv = (...rows: string[]) =>
  readFile(new Blob([[HEADER, ...rows].join('\n')]), { name: 'k6.csv' })
const AT = 1_789_642_800

test('k6 says itself whether a reply was expected; a refusal counts whatever the script expected', async () => {
  const { summary, observation } = await csv(
    `http_reqs,${AT},1,,,true,GET,a,404,a`,
    `http_reqs,${AT},1,,,false,GET,a,404,a`,
    `http_reqs,${AT},1,,1503,true,GET,a,503,a`,
    `http_reqs,${AT},1,dial: i/o timeout,1211,,GET,a,0,a`,
  )
  expect(summary.codes).toEqual({ 404: 2, 503: 1, 0: 1 })
  expect(summary.classes).toEqual({ other: 1, capacity: 1, network: 1 })
  expect(observation.errors.find(({ class: name }) => name === 'network')?.message).toBe(
    'dial: i/o timeout',
  )
})

test('virtual users are a level of their own, and a point may count several requests', async () => {
  const { summary, observation } = await csv(
    `http_reqs,${AT},3,,,true,GET,a,200,a`,
    `vus,${AT + 5},40,,,,,,,`,
  )
  expect(summary).toMatchObject({ samples: 3, peakThreads: 40, lastAt: (AT + 5) * 1000 })
  expect(observation.metrics.map(({ title }) => title)).toEqual([
    'Virtual users',
    'Load test attempts',
  ])
})

test('sessions of WebSockets are attempts: a refused handshake is one', async () => {
  const { observation } = await csv(`ws_sessions,${AT},1,,,,GET,wss://s/x,503,wss://s/x`)
  expect(observation.errors[0]).toMatchObject({ class: 'capacity', place: 'upgrade' })
})

test('points that cannot be read are left out with their line', async () => {
  const { summary, rejected } = await csv(
    `http_reqs,${AT},1,,,true,GET,a,200,a`,
    `http_reqs,soon,1,,,true,GET,a,200,a`,
    `http_reqs,${AT},,,,true,GET,a,200,a`,
    `http_reqs,${AT}`,
  )
  expect(summary.samples).toBe(1)
  expect(rejected).toEqual([
    { line: 3, reason: 'the time cannot be read' },
    { line: 4, reason: 'the value is no number from 0 on' },
    { line: 5, reason: '2 fields where 10 were expected' },
  ])
})

test('a line that is no JSON is left out with its number; a summary is refused by name', async () => {
  const point = `{"metric":"http_reqs","type":"Point","data":{"time":"2026-09-17T11:00:00Z","value":1,"tags":{"status":"200"}}}`
  const { summary, rejected } = await readFile(
    new Blob([`${point}\n{"metric":"http_reqs","ty\n${point}\n`]),
    { name: 'k6.json' },
  )
  expect(summary).toMatchObject({ samples: 2, rejected: 1 })
  expect(rejected).toEqual([{ line: 2, reason: 'the line is no JSON' }])
  await expect(
    readFile(new Blob(['{"metrics": {"http_reqs": {"count": 5}}}']), { name: 'summary.json' }),
  ).rejects.toThrow('summary.json is a k6 summary: it holds no times; run k6 with --out json=FILE')
})

test('a scenario of many users is told of a failure, and is not taken for one client', async () => {
  const clients: (string | null)[] = []
  const rows = [`${HEADER},scenario`, `http_reqs,${AT},1,,,false,GET,a,503,a,ramp`]
  const { observation } = await readFile(new Blob([rows.join('\n')]), {
    name: 'k6.csv',
    onAttempt: ({ thread }) => clients.push(thread),
  })
  expect(observation.errors[0]!.app).toBe('ramp')
  expect(clients).toEqual([null])
})

test('a reason that quotes the file quotes no secret', async () => {
  const point = (time: string) =>
    JSON.stringify({ type: 'Point', metric: 'http_reqs', data: { time, value: 'a@example.com' } })
  const good = JSON.stringify({
    type: 'Point',
    metric: 'http_reqs',
    data: { time: '2026-09-17T10:00:00Z', value: 1, tags: { name: 'a', status: '200' } },
  })
  const lines = [good, point('2026-09-17T10:00:01Z')].join('\n')
  const { rejected, removals } = await readFile(new Blob([lines]), { name: 'run.json' })
  expect(rejected).toHaveLength(1)
  expect(rejected[0]!.reason).toContain('"[e-mail removed]"')
  expect(removals).toEqual([{ what: 'e-mail address', count: 1 }])
})
