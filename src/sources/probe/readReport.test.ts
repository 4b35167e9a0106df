import fc from 'fast-check'
import { expect, test } from 'vitest'
import { somePage, someProbeReport } from '#testing/someProbeReport.ts'
import { LONGEST_REPORT_CHARS, readReport } from './readReport.ts'

const report = someProbeReport(1_795_414_353_815, {
  pages: [somePage({ attempts: 5, opened: 3, refused: 1, givenUp: 1, closed: 1, websockets: 2 })],
  findings: [
    {
      kind: 'websockets',
      page: '/a',
      place: 'https://app.example/a.js:12',
      count: 2,
      ageMs: 31_000,
    },
  ],
})

test('what the probe writes is read as it is', () => {
  expect(readReport(JSON.stringify(report))).toEqual({ ok: true, value: report })
})

test.each([
  ['no JSON', 'hello', 'it is not JSON'],
  ['null', 'null', 'it is null, and an object was expected'],
  ['of another version', { version: 2 }, 'version is 2'],
  ['with markup for an app', { app: '<img>' }, 'app is "<img>"'],
  ['with a fraction', { pages: [somePage({ attempts: 0.5 })] }, 'pages[0].attempts is 0.5'],
  ['with less than nothing', { pages: [somePage({ tracks: -1 })] }, 'pages[0].tracks is -1'],
  ['beyond belief', { pages: [somePage({ tracks: 1e9 })] }, 'too large to be true'],
  ['with a query', { pages: [somePage({ page: '/a?token=1' })] }, 'pages[0].page is "/a?token=1"'],
  ['with a line break', { pages: [somePage({ page: '/a\nb' })] }, 'pages[0].page'],
  ['of one page twice', { pages: [somePage(), somePage()] }, 'names a page twice'],
  ['of no page', { pages: [] }, 'pages is a list'],
  ['that lost a field', { seq: undefined }, 'seq is missing'],
  [
    'with more outcomes than attempts',
    { pages: [somePage({ attempts: 1, opened: 1, refused: 1 })] },
    'pages[0]: more attempts',
  ],
  [
    'with more ends than openings',
    { pages: [somePage({ attempts: 2, opened: 1, closed: 1, dropped: 1 })] },
    'more WebSockets closed',
  ],
  [
    'with WebSockets out of nothing',
    { pages: [somePage({ attempts: 2, refused: 1, websockets: 2 })] },
    'more WebSockets are open',
  ],
  [
    'with a script for a place',
    { findings: [{ kind: 'tracks', page: '/', place: 'javascript:alert(1)', count: 1, ageMs: 0 }] },
    'findings[0].place',
  ],
])('a report %s is refused with the reason', (_title, parts, problem) => {
  const text = typeof parts === 'string' ? parts : JSON.stringify({ ...report, ...parts })
  const read = readReport(text)
  expect(read.ok).toBe(false)
  expect(!read.ok && read.problem).toContain(problem)
})

test('a text that is too long is refused before it is parsed', () => {
  const text = JSON.stringify(report).padEnd(LONGEST_REPORT_CHARS + 1)
  expect(readReport(text)).toEqual({
    ok: false,
    problem: `it has ${LONGEST_REPORT_CHARS + 1} characters, and at most 8192 are read`,
  })
})

test('whatever is sent, it is read or refused, and a problem stays short', () => {
  const broken = fc
    .tuple(fc.constantFrom(...Object.keys(report)), fc.jsonValue())
    .map(([field, value]) => JSON.stringify({ ...report, [field]: value }))
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), broken), (text) => {
      const read = readReport(text)
      if (!read.ok) expect(read.problem.length).toBeLessThan(250)
    }),
  )
})
