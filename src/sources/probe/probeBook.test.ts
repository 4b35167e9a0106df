import fc from 'fast-check'
import { expect, test } from 'vitest'
import { durationMs, epochMs } from '#domain/units.ts'
import { somePage, someProbeReport } from '#testing/someProbeReport.ts'
import { createProbeBook, type ProbeBookOptions } from './probeBook.ts'
import type { ProbeReport } from './reportShape.ts'

const T0 = Date.UTC(2026, 2, 2, 8)
const SECOND = 1_000

function setup(options: Partial<ProbeBookOptions> = {}) {
  let now = T0
  const book = createProbeBook({
    now: () => epochMs(now),
    intervalMs: durationMs(10 * SECOND),
    ...options,
  })
  now += 20 * SECOND
  return {
    book,
    wait: (seconds: number) => {
      now += seconds * SECOND
    },
    report: (parts: Partial<ProbeReport> = {}) => book.take(someProbeReport(now, parts)),
    observe: () => {
      const observed = book.observe()
      const values = observed.samples.map(
        ({ metric, series }) => [metric, series.value[0]] as const,
      )
      return { ...observed, values: Object.fromEntries(values) }
    },
  }
}

const opened = (open: number, more: Parameters<typeof somePage>[0] = {}) =>
  somePage({ attempts: open, opened: open, websockets: open, ...more })

test('what all tabs have open is summed, and told as measured of sampled clients', () => {
  const { report, observe } = setup()
  report({ pages: [opened(2, { peerconnections: 1, tracks: 2 }), opened(1, { page: '/' })] })
  report({ tab: 'tab0002', doc: 'doc0002', pages: [opened(4, { eventsources: 1 })] })
  const { values, metrics } = observe()
  expect(values).toEqual({
    'probe.websockets.open': 7,
    'probe.eventsources.open': 1,
    'probe.peerconnections.open': 1,
    'probe.tracks.live': 2,
    'probe.tabs.reporting': 2,
    'probe.websockets.attempts': 7,
  })
  expect(metrics.map(({ id }) => id)).toEqual(Object.keys(values))
  for (const { provenance, scope } of metrics)
    expect([provenance, scope]).toEqual(['measured', 'sampledClients'])
})

test('attempts are told once, in the interval in which they were reported', () => {
  const { report, observe, wait } = setup()
  report({ pages: [opened(2)] })
  expect(observe().values['probe.websockets.attempts']).toBe(2)
  wait(10)
  report({ seq: 2, pages: [opened(5)] })
  expect(observe().values['probe.websockets.attempts']).toBe(3)
  expect(observe().values['probe.websockets.attempts']).toBe(0)
})

test('a refused handshake may have been anything and a dropped socket is socket, at the time they were lost', () => {
  const { report, observe, wait } = setup()
  report()
  wait(10)
  const lost = { attempts: 3, opened: 1, refused: 2, dropped: 1, failedAgoMs: 4_000 }
  report({ seq: 2, pages: [somePage(lost)] })
  const told = observe().errors.map(({ class: meant, place, status, count, app, route, at }) => ({
    meant,
    place,
    status,
    count,
    app,
    route,
    second: (at - T0) / SECOND,
  }))
  const common = { status: null, app: 'agent-desktop', route: 'WS from /calls/:id', second: 26 }
  expect(told).toEqual([
    { meant: 'other', place: 'upgrade', count: 2, ...common },
    { meant: 'socket', place: 'close', count: 1, ...common },
  ])
  expect(observe().errors).toEqual([])
})

test('a page cannot place a loss before its own last report', () => {
  const { report, observe, wait } = setup()
  report()
  wait(10)
  report({ seq: 2, pages: [somePage({ attempts: 1, refused: 1, failedAgoMs: 3_600_000 })] })
  expect(observe().errors[0]?.at).toBe(T0 + 20 * SECOND)
})

test('losses of many tabs in one second are one event', () => {
  const { report, observe } = setup()
  for (let tab = 1; tab <= 100; tab++)
    report({ doc: `docnum${tab}`, pages: [somePage({ attempts: 1, refused: 1, failedAgoMs: 0 })] })
  expect(observe().errors.map(({ count }) => count)).toEqual([100])
})

test('a tab that is not heard of for 45 s no longer counts, a hidden one after 150 s', () => {
  const { report, observe, wait } = setup()
  report({ pages: [opened(2)] })
  report({ doc: 'doc0002', isHidden: true, pages: [opened(3)] })
  wait(45)
  expect(observe().values['probe.websockets.open']).toBe(5)
  wait(1)
  expect(observe().values['probe.websockets.open']).toBe(3)
  wait(104)
  expect(observe().values['probe.websockets.open']).toBe(3)
  wait(1)
  expect(observe().values['probe.websockets.open']).toBeNaN()
})

test('nothing is open once the last document has said that it is gone', () => {
  const { report, observe } = setup()
  report({ pages: [opened(2)] })
  report({ seq: 2, isLast: true, pages: [opened(2)] })
  expect(observe().values['probe.websockets.open']).toBe(0)
})

test('without any tab, and before all had time to report, there is a gap and no zero', () => {
  const { observe } = setup()
  expect(observe().values['probe.websockets.open']).toBeNaN()
  const early = createProbeBook({ now: () => epochMs(T0), intervalMs: durationMs(10 * SECOND) })
  early.take(someProbeReport(T0, { pages: [opened(2)] }))
  expect(early.observe().samples[0]?.series.value[0]).toBeNaN()
})

test('what a tab counted before the book knew it is no news', () => {
  const { report, observe, wait } = setup()
  report({ seq: 40, pages: [opened(9, { attempts: 12, refused: 3 })] })
  const { values, errors } = observe()
  expect(values['probe.websockets.open']).toBe(9)
  expect(values['probe.websockets.attempts']).toBe(0)
  expect(errors).toEqual([])
  wait(10)
  report({ seq: 41, pages: [opened(9, { attempts: 13, refused: 4 })] })
  expect(observe().errors.map(({ count }) => count)).toEqual([1])
})

test.each<[string, Partial<ProbeReport>, string]>([
  ['sent again', {}, 'replayed'],
  ['older than one that was taken', { seq: 1 }, 'replayed'],
  ['from another time', { seq: 3, atMs: T0 - 290 * SECOND }, 'clock'],
  ['of another app', { seq: 3, app: 'messenger' }, 'shrunk'],
  ['whose counts went back', { seq: 3, pages: [opened(1)] }, 'shrunk'],
  ['that lost a page', { seq: 3, pages: [opened(2, { page: '/' })] }, 'shrunk'],
  ['that grew beyond belief', { seq: 3, pages: [opened(20_000)] }, 'leap'],
])('a report %s is refused and changes nothing', (_title, parts, refusal) => {
  const { report, observe, book } = setup()
  report({ seq: 2, pages: [opened(2)] })
  const before = book.standing()
  expect(report({ seq: 2, pages: [opened(2)], ...parts })).toMatchObject({ ok: false, refusal })
  expect(book.standing()).toEqual(before)
  expect(observe().values['probe.websockets.open']).toBe(2)
})

test('a report that was taken is refused after its document is gone, too', () => {
  const { report, wait, observe } = setup()
  report({ seq: 7, isLast: true, pages: [opened(2)] })
  wait(240)
  observe()
  expect(report({ seq: 7, atMs: T0 + 20 * SECOND, pages: [opened(2)] })).toMatchObject({
    refusal: 'replayed',
  })
})

test('only the apps that are expected are taken, where they are named', () => {
  const { report } = setup({ apps: ['messenger'] })
  expect(report()).toMatchObject({
    refusal: 'unknownApp',
    problem: 'no app agent-desktop is expected',
  })
  expect(report({ app: 'messenger' })).toEqual({ ok: true })
})

test('a flood of invented documents, apps, pages and findings meets its limits', () => {
  const { report, book, observe } = setup({
    limits: { documents: 50, apps: 3, pages: 10, findings: 5 },
  })
  const refusals = new Set<string>()
  for (let i = 0; i < 500; i++) {
    const taken = report({
      app: `app-${i % 7}`,
      doc: `docnum${i}`,
      pages: [opened(1, { page: `/${i}` })],
      findings: [{ kind: 'tracks', page: '/', place: `https://x/${i}.js:1`, count: 1, ageMs: 0 }],
    })
    if (!taken.ok) refusals.add(taken.refusal)
  }
  expect(refusals).toEqual(new Set(['tooManyApps', 'tooManyDocuments']))
  const { documents, pages, findingsLeftOut } = book.standing()
  expect(documents).toBe(50)
  expect(pages.length).toBeLessThanOrEqual(13)
  expect(pages.filter(({ page }) => page === ':other').length).toBeGreaterThan(0)
  expect(book.findings()).toHaveLength(5)
  expect(findingsLeftOut).toBe(45)
  expect(observe().values['probe.websockets.open']).toBe(50)
})

test('findings are told with the line, and with how many one document has', () => {
  const { report, book } = setup()
  const finding = { kind: 'websockets', page: '/a', place: 'https://x/a.js:3' } as const
  report({ findings: [{ ...finding, count: 3, ageMs: 40_000 }] })
  report({ doc: 'doc0002', findings: [{ ...finding, count: 1, ageMs: 90_000 }] })
  const shared = { app: 'agent-desktop', ...finding, tabs: 1, documents: 2 }
  expect(book.findings()).toEqual([{ ...shared, count: 4, mostInOne: 3, oldestMs: 90_000 }])
  report({ seq: 2, findings: [] })
  expect(book.findings()).toEqual([
    { ...shared, documents: 1, count: 1, mostInOne: 1, oldestMs: 90_000 },
  ])
})

test('a finding that is no longer told leaves its room to another', () => {
  const { report, book } = setup({ limits: { findings: 2 } })
  for (let seq = 1; seq <= 9; seq++) {
    const place = `https://x/${seq}.js:1`
    report({ seq, findings: [{ kind: 'tracks', page: '/', place, count: 1, ageMs: 0 }] })
    expect(book.findings().map((finding) => finding.place)).toEqual([place])
  }
  expect(book.standing().findingsLeftOut).toBe(0)
})

type Step = { doc: number; skip: number; open: number; isLast: boolean; waitSec: number }
const anyStep: fc.Arbitrary<Step> = fc.record({
  doc: fc.integer({ min: 0, max: 4 }),
  skip: fc.integer({ min: -1, max: 2 }),
  open: fc.integer({ min: 0, max: 9 }),
  isLast: fc.boolean(),
  waitSec: fc.integer({ min: 0, max: 48 }),
})

// Ten minutes after a document went, nobody remembers its reports: all steps fit into less.
test('in whatever order reports come, get lost or come again, the sum is that of the live tabs', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 12 }), (steps) => {
      const { report, observe, wait, book } = setup()
      const live = new Map<number, { open: number; at: number }>()
      const told = new Map<number, { seq: number; attempts: number }>()
      let at = 0
      let attempts = 0
      let heard = 0
      for (const { doc, skip, open, isLast, waitSec } of steps) {
        wait(waitSec)
        at += waitSec
        for (const [key, last] of live) if (at - last.at > 45) live.delete(key)
        const before = told.get(doc) ?? { seq: 0, attempts: 0 }
        const seq = before.seq + skip
        const wasLive = live.has(doc)
        observeHeard()
        const taken = report({
          doc: `docnum${doc}`,
          seq: Math.max(1, seq),
          isLast,
          pages: [opened(before.attempts + open, { websockets: open })],
        })
        expect(taken.ok).toBe(Math.max(1, seq) > before.seq)
        if (!taken.ok) continue
        const isNews = wasLive || (before.seq === 0 && seq <= 3)
        if (isNews) attempts += open
        told.set(doc, { seq: Math.max(1, seq), attempts: before.attempts + open })
        if (isLast) live.delete(doc)
        else live.set(doc, { open, at })
      }
      observeHeard()
      expect(heard).toBe(attempts)
      const sum = [...live.values()].reduce((total, { open }) => total + open, 0)
      if (live.size > 0) expect(observe().values['probe.websockets.open']).toBe(sum)
      expect(book.standing().documents).toBe(live.size)

      function observeHeard() {
        const value = observe().values['probe.websockets.attempts']!
        if (!Number.isNaN(value)) heard += value
      }
    }),
  )
})

test('when all are gone, nothing of them is left', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 30 }), (docs) => {
      const { report, observe, wait, book } = setup({ limits: { pages: 4 } })
      for (const [i, doc] of docs.entries())
        report({
          doc: `docnum${doc}`,
          seq: i + 1,
          pages: [opened(i), opened(i, { page: `/${doc}` })],
          findings: [{ kind: 'tracks', page: '/', place: '', count: 1, ageMs: 0 }],
        })
      wait(46)
      observe()
      expect(book.standing()).toEqual({ tabs: 0, documents: 0, pages: [], findingsLeftOut: 0 })
      expect(book.findings()).toEqual([])
      report({ doc: 'docnum99', pages: [opened(0)] })
      expect(observe().values['probe.websockets.open']).toBe(0)
    }),
  )
})
