import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { incidentEvidence } from '#domain/incident/incidentEvidence.ts'
import { writeBundle } from '#sources/exports/bundle/writeBundle.ts'
import { JTL_HEADER, JTL_START_MS, jtlLine, jtlText } from '#testing/jtlText.ts'
import { someIncident } from '#testing/someIncident.ts'
import { runCommandLine } from './commandLine.ts'

/** A real ramp against a server that refuses above a number in flight. */
const REAL = join(process.cwd(), 'src/sources/imports/fixtures/jmeter213-ramp-503.jtl')

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-analyze-'))
  vi.stubEnv('INIT_CWD', folder)
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

const thin = (text: string) => text.replace(/[\u202f\u00a0]/g, ' ')

function setup(files: Readonly<Record<string, string>>) {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  const out: string[] = []
  const err: string[] = []
  const io = {
    out: (line: string) => void out.push(thin(line)),
    err: (line: string) => void err.push(thin(line)),
  }
  const run = (...args: string[]) =>
    runCommandLine(['analyze', ...args], io, new AbortController().signal)
  return { out, err, run }
}

/** Seconds at the limit: now and then, for different lengths. */
const FULL = [
  [80, 110],
  [160, 175],
  [230, 280],
  [350, 362],
] as const
const SECONDS = 400
const isFull = (sec: number) => FULL.some(([from, to]) => sec >= from && sec < to)
const seconds = Array.from({ length: SECONDS }, (_, sec) => sec)

/** Two attempts a second: one is refused where `isRefused` says so. */
const testOf = (isRefused: (sec: number) => boolean) =>
  jtlText(
    ...seconds.flatMap((sec) => [
      jtlLine(sec, 200, 20, { thread: 'Agents 1-1' }),
      jtlLine(sec + 0.5, isRefused(sec) ? 503 : 200, 20, { thread: 'Agents 1-2' }),
    ]),
  )
const at = (sec: number) => new Date(JTL_START_MS + sec * 1_000).toISOString()
const LEVELS = [
  'time,open,limit',
  ...seconds.map((sec) => `${at(sec)},${isFull(sec) ? 50 : 30},50`),
]
const SERIES = `${LEVELS.join('\n')}\n`

test('refusals at the limit of a measured series: capacity-bound, exit code 1', async () => {
  const { run, out, err } = setup({ 'run.jtl': testOf(isFull), 'open.csv': SERIES })
  expect(await run('--series', 'open.csv', '--json', 'run.jtl')).toBe(1)
  expect(err).toEqual([])
  const report = JSON.parse(out[0]!) as Record<string, unknown>
  expect(report).toMatchObject({
    file: 'run.jtl',
    verdict: 'capacity-bound',
    errors: 107,
    errorsAtLimit: 107,
    pAtLimit: 0.5,
    pBelow: 0,
    limit: 50,
    peak: 50,
    leak: { word: 'none', floors: 4 },
  })
  expect(Object.keys(report)).toEqual(
    'file verdict reason p coverage errors errorsAtLimit pAtLimit pBelow difference oddsRatio fisherP lagMs limit peak leak storm warnings'.split(
      ' ',
    ),
  )
  expect(report['p']).toBeLessThanOrEqual(0.05)
})

test('refusals that have nothing to do with the limit: exit code 0', async () => {
  const elsewhere = (sec: number) => sec >= 10 && sec < 60
  const { run, out } = setup({ 'run.jtl': testOf(elsewhere), 'open.csv': SERIES })
  expect(await run('--series', 'open.csv', 'run.jtl')).toBe(0)
  expect(out[0]).toBe('run.jtl: Not capacity-bound')
})

test('without a limit nothing can be told', async () => {
  const { run, out } = setup({ 'run.jtl': testOf(isFull) })
  expect(await run('--json', 'run.jtl')).toBe(0)
  expect(JSON.parse(out[0]!)).toMatchObject({ verdict: 'cannot-tell', limit: null, errors: 107 })
})

test('a limit given on the command line comes before that of the file', async () => {
  const { run, out } = setup({ 'run.jtl': testOf(isFull), 'open.csv': SERIES })
  await run('--series', 'open.csv', '--limit', '500', '--json', 'run.jtl')
  expect(JSON.parse(out[0]!)).toMatchObject({ verdict: 'not-capacity-bound', limit: 500 })
})

test('a series whose floors rise from iteration to iteration is a leak: exit code 1', async () => {
  const level = (sec: number) => {
    const floor = 40 + 15 * Math.floor(sec / 120)
    return sec % 120 < 60 ? floor + 300 : floor + 15
  }
  const rows = Array.from({ length: 960 }, (_, sec) => `${at(sec)},${level(sec)}`)
  const { run, out } = setup({
    'run.jtl': testOf(() => false),
    'open.csv': `time,open\n${rows.join('\n')}\n`,
  })
  expect(await run('--series', 'open.csv', '--limit', '1000', '--json', 'run.jtl')).toBe(1)
  expect(JSON.parse(out[0]!)).toMatchObject({
    verdict: 'not-capacity-bound',
    leak: { word: 'leak', perIteration: { value: 15 } },
  })
})

test('each file is told about, and one that is refused makes the exit code 2', async () => {
  const { run, out, err } = setup({
    'run.jtl': testOf(isFull),
    'empty.jtl': '',
    'open.csv': SERIES,
  })
  expect(await run('--series', 'open.csv', '--json', 'empty.jtl', 'run.jtl')).toBe(2)
  expect(err).toEqual(['tidemark analyze: empty.jtl is empty'])
  expect(out).toHaveLength(1)
})

test('a test with a header and no samples is told, not judged', async () => {
  const { run, out } = setup({ 'none.jtl': `${JTL_HEADER}\n` })
  expect(await run('--limit', '5', '--json', 'none.jtl')).toBe(0)
  expect(JSON.parse(out[0]!)).toMatchObject({ verdict: 'cannot-tell', errors: 0, p: null })
})

test.each([
  [[], 'analyze needs at least one FILE'],
  [
    ['--limit', '-1', 'run.jtl'],
    '--limit lacks its value; one that begins with a dash: --limit=-1',
  ],
  [['--limit=-1', 'run.jtl'], '--limit -1 is no limit: expected a number from 0 on'],
  [['--limit', 'many', 'run.jtl'], '--limit many is no limit: expected a number from 0 on'],
  [['--count', 'users', 'run.jtl'], '--count users is not known: expected threads or in-flight'],
  [
    ['--count', 'threads', '--series', 'open.csv', 'run.jtl'],
    '--series and --count exclude each other: one series is held against the limit',
  ],
])('%j is a mistake of the caller, told in one line', async (args, message) => {
  const { run, err } = setup({ 'run.jtl': testOf(isFull), 'open.csv': SERIES })
  expect(await run(...args)).toBe(2)
  expect(err).toEqual([`tidemark analyze: ${message} (see tidemark analyze --help)`])
})

test('a row of the series that cannot be read is named', async () => {
  const { run, out } = setup({ 'run.jtl': testOf(isFull), 'open.csv': `${SERIES}later,7,50\n` })
  await run('--series', 'open.csv', '--json', 'run.jtl')
  expect((JSON.parse(out[0]!) as { warnings: string[] }).warnings).toContain(
    'open.csv: 1 row left out; line 402: the time is neither ISO nor epoch seconds or milliseconds',
  )
})

test('a count that nothing can be is a gap: the answer comes, and comes at once', async () => {
  const broken = SERIES.split('\n').map((line, i) =>
    i === 50 ? line.replace(/,.*,/, ',1e300,') : line,
  )
  const { run, out } = setup({ 'run.jtl': testOf(isFull), 'open.csv': broken.join('\n') })
  await run('--series', 'open.csv', '--json', 'run.jtl')
  expect(JSON.parse(out[0]!)).toMatchObject({ verdict: 'capacity-bound', peak: 50 })
})

test('a real ramp against a server that refused above 25 in flight is capacity-bound', async () => {
  const { run, out } = setup({})
  expect(await run('--count', 'in-flight', '--limit', '25', '--json', REAL)).toBe(1)
  expect(JSON.parse(out[0]!)).toMatchObject({ verdict: 'capacity-bound', errors: 8099 })
})

test('held against its threads, which never stopped at 25, it is not, and the reason names the seconds', async () => {
  const { run, out } = setup({})
  expect(await run('--count', 'threads', '--limit', '25', '--json', REAL)).toBe(0)
  const { verdict, reason } = JSON.parse(out[0]!) as { verdict: string; reason: string }
  expect(verdict).toBe('cannot-tell')
  expect(reason).toContain('It was at the limit for 27 s')
})

/** The same test as k6, Artillery and a table write it; `users` are the virtual users of a second. */
const usersIn = (sec: number) => (isFull(sec) ? 50 : 30)
const OTHER_FORMATS: Readonly<Record<string, string>> = {
  'k6.json': seconds
    .flatMap((sec) => [
      k6Point('vus', sec, usersIn(sec), 0),
      k6Point('http_reqs', sec, 1, 200),
      k6Point('http_reqs', sec, 1, isFull(sec) ? 503 : 200),
    ])
    .join('\n'),
  'report.json': JSON.stringify({
    aggregate: { counters: {} },
    intermediate: seconds.map((sec) => ({
      period: String(JTL_START_MS + sec * 1_000),
      counters: {
        'http.requests': 2,
        'http.codes.200': isFull(sec) ? 1 : 2,
        'http.codes.503': isFull(sec) ? 1 : 0,
        'vusers.created': sec === 0 ? 30 : Math.max(0, usersIn(sec) - usersIn(sec - 1)),
        'vusers.completed': sec === 0 ? 0 : Math.max(0, usersIn(sec - 1) - usersIn(sec)),
      },
    })),
  }),
}

function k6Point(metric: string, sec: number, value: number, status: number) {
  const tags = { status: String(status), name: 'https://a.example/x' }
  return JSON.stringify({ metric, type: 'Point', data: { time: at(sec), value, tags } })
}

test.each(Object.entries(OTHER_FORMATS))(
  '%s is held against the limit by its virtual users',
  async (name, text) => {
    const { run, out } = setup({ [name]: text })
    expect(await run('--json', '--limit', '50', name)).toBe(1)
    expect(JSON.parse(out[0]!)).toMatchObject({ verdict: 'capacity-bound', limit: 50, peak: 50 })
  },
)

test('requests in flight are not made up where a file does not tell when each began and ended', async () => {
  const { run, err } = setup(OTHER_FORMATS)
  expect(await run('--count', 'in-flight', 'k6.json', 'report.json')).toBe(2)
  expect(err).toEqual([
    'tidemark analyze: k6.json: requests in flight cannot be counted: k6 JSON does not tell when each began and ended',
    'tidemark analyze: report.json: requests in flight cannot be counted: Artillery JSON does not tell when each began and ended',
  ])
})

test('a table brings its own limit', async () => {
  const { run, out } = setup({ 'open.csv': LEVELS.join('\n') })
  expect(await run('--json', 'open.csv')).toBe(0)
  expect(JSON.parse(out[0]!)).toMatchObject({ limit: 50, peak: 50, errors: 0 })
})

test('a test whose clock is wrong is told from a measured series', async () => {
  const users = seconds.map((sec) => `${at(sec)},${usersIn(sec)}`)
  const moved = seconds.map((sec) => k6Point('vus', sec + 41, usersIn(sec), 0))
  const { run, out } = setup({
    'open.csv': ['time,open', ...users].join('\n'),
    'k6.json': [...moved, k6Point('http_reqs', 41, 1, 200)].join('\n'),
    'right.json': OTHER_FORMATS['k6.json']!,
  })
  await run('--json', '--series', 'open.csv', 'k6.json', 'right.json')
  const [wrong, right] = out.map((line) => JSON.parse(line) as { warnings: string[] })
  expect(wrong!.warnings.join()).toMatch(
    /its load fits open\.csv best when moved by -41\.\d s \(± \d\.\d s, match \d\.\d\d\); it was not moved/,
  )
  expect(right!.warnings.join()).not.toContain('clock')
})

const incident = someIncident()
const bundleOf = () => writeBundle(incident, incidentEvidence(incident), 'check()').html

test('the verdict of a bundle is worked out again', async () => {
  const { out, err, run } = setup({ 'incident.html': bundleOf() })
  expect(await run('--json', 'incident.html')).toBe(1)
  expect(JSON.parse(out[0]!)).toMatchObject({
    file: 'incident.html',
    verdict: 'capacity-bound',
    warnings: [],
  })
  expect(err).toEqual([])
})

test('a bundle that was changed says what was changed, and its limit can be another one', async () => {
  const changed = bundleOf().replace(/\[10000,1000\]/, '[10000,999]')
  const { out, run } = setup({ 'incident.html': changed })
  expect(await run('incident.html')).toBe(1)
  expect(out.at(-1)).toMatch(
    /^ {2}note: Changed after it was written: series WebSocket connections\./,
  )
  // Its floors rise all the same.
  expect(await run('--json', '--limit', '5000', 'incident.html')).toBe(1)
  expect(JSON.parse(out.at(-1)!)).toMatchObject({
    verdict: 'not-capacity-bound',
    limit: 5_000,
    leak: { word: 'leak' },
  })
})

test('a bundle brings its own series', async () => {
  const { err, run } = setup({ 'incident.html': bundleOf(), 'level.csv': LEVELS.join('\n') })
  expect(await run('--series', 'level.csv', 'incident.html')).toBe(2)
  expect(err.join()).toContain('is a Tidemark bundle and brings its own series')
})

test('inspect says what is in a bundle', async () => {
  writeFileSync(join(folder, 'incident.html'), bundleOf())
  const out: string[] = []
  const io = {
    out: (line: string) => void out.push(line),
    err: (line: string) => void out.push(line),
  }
  const { signal } = new AbortController()
  expect(await runCommandLine(['inspect', '--json', 'incident.html'], io, signal)).toBe(0)
  expect(JSON.parse(out[0]!)).toMatchObject({ format: 'bundle', samples: 630, codes: null })
})

test('a file that does not say what was open is told what would', async () => {
  const header = 'timeStamp,elapsed,label,responseCode,success'
  const rows = [0, 1, 2].map((sec) => `${JTL_START_MS + 1_000 * sec},20,GET /a,503,false`)
  const { run, out } = setup({ 'run.jtl': [header, ...rows, ''].join('\n') })
  expect(await run('--limit', '5', 'run.jtl')).toBe(0)
  expect(out).toContain(
    '  note: this file does not say what was open; --count in-flight counts its requests, --series brings a measured series',
  )
  out.length = 0
  expect(await run('--limit', '5', '--count', 'in-flight', 'run.jtl')).toBe(0)
  expect(out.join('\n')).not.toContain('what was open')
})
