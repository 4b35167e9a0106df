import fc from 'fast-check'
import { expect, test } from 'vitest'
import { epochMs, type OrgId, orgId } from '#domain/units.ts'
import { somePage, someProbeReport } from '#testing/someProbeReport.ts'
import { createProbeReception, MOST_REPORTS_PER_SECOND } from './probeReception.ts'

const T0 = Date.UTC(2026, 2, 2, 8)
const ALDER = orgId('alder')
const BIRCH = orgId('birch')

function setup() {
  let now = T0
  const reception = createProbeReception({ now: () => epochMs(now), reportedTo: 'tab' })
  return {
    take: (sent: unknown) => reception.take(sent),
    named: (org: OrgId, apps: readonly string[]) => reception.expect(org, apps),
    drop: (org: OrgId) => reception.drop(org),
    deskOf: (org: OrgId) => reception.deskOf(org),
    report: (parts: Parameters<typeof someProbeReport>[1] = {}) =>
      reception.take(JSON.stringify(someProbeReport(now, parts))),
    wait: (seconds: number) => {
      now += seconds * 1_000
    },
  }
}

test('whatever is sent, nothing is thrown: it is counted as refused, with its reason', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.anything(), fc.json()), { maxLength: 20 }), (sent) => {
      const { take, named } = setup()
      const desk = named(ALDER, ['agent-desktop'])
      for (const one of sent) expect(take(one).ok).toBe(false)
      const { refused, documents } = desk.told()
      expect(refused.count).toBe(sent.length)
      expect(refused.lastReason === null).toBe(sent.length === 0)
      expect(documents).toBe(0)
    }),
  )
})

test('each report goes to the organisation that names its app, and to no other', () => {
  const { report, named } = setup()
  const alder = named(ALDER, ['agent-desktop'])
  const birch = named(BIRCH, ['kiosk'])
  expect(report().ok).toBe(true)
  expect(report({ app: 'kiosk', doc: 'doc0002' }).ok).toBe(true)
  expect(report({ app: 'unheard-of', doc: 'doc0003' })).toEqual({
    ok: false,
    refusal: 'unexpected',
    problem: 'nobody expects reports of unheard-of',
  })
  expect(alder.told().apps).toEqual([
    { app: 'agent-desktop', documents: 1, tabs: 1, reports: 1, refused: 0, lastAtMs: T0 },
  ])
  expect(birch.told().apps.map(({ app, reports }) => [app, reports])).toEqual([['kiosk', 1]])
})

test('a replayed report is counted as refused of its app, and the newest reason is told', () => {
  const { report, take, wait, named } = setup()
  const desk = named(ALDER, ['agent-desktop'])
  report()
  expect(report()).toMatchObject({ ok: false, refusal: 'replayed' })
  expect(desk.told().refused).toEqual({
    count: 1,
    lastReason: 'agent-desktop: report 1 came after report 1',
    lastAtMs: T0,
  })
  wait(5)
  take('{')
  expect(desk.told()).toMatchObject({
    refused: { count: 2, lastReason: 'it is not JSON', lastAtMs: T0 + 5_000 },
    apps: [{ reports: 1, refused: 1 }],
  })
})

test('of a flood no more is read in a second than a full book needs, and the next second goes on', () => {
  const { take, report, wait, named } = setup()
  const desk = named(ALDER, ['agent-desktop'])
  const refusals = new Map<string, number>()
  for (let i = 0; i < 10_000; i++) {
    const outcome = take('no report')
    if (!outcome.ok) refusals.set(outcome.refusal, (refusals.get(outcome.refusal) ?? 0) + 1)
  }
  expect(refusals.get('unreadable')).toBe(MOST_REPORTS_PER_SECOND)
  expect(refusals.get('tooMany')).toBe(10_000 - MOST_REPORTS_PER_SECOND)
  expect(report().ok).toBe(false)
  wait(1)
  expect(report().ok).toBe(true)
  expect(desk.told().refused.count).toBe(10_001)
})

test('of large messages as many are read as a second has time for', () => {
  const { take, named } = setup()
  named(ALDER, ['agent-desktop'])
  const large = 'x'.repeat(8_000)
  const read = Array.from({ length: 3_000 }, () => take(large)).filter(
    (outcome) => !outcome.ok && outcome.refusal !== 'tooMany',
  )
  expect(read).toHaveLength(3_000_000 / 8_000)
})

test('an organisation keeps what was reported while its apps stay the same', () => {
  const { report, drop, deskOf, named } = setup()
  const desk = named(ALDER, ['agent-desktop'])
  report({ pages: [somePage({ attempts: 2, opened: 2, websockets: 2 })] })
  expect(named(ALDER, ['agent-desktop'])).toBe(desk)
  expect(named(ALDER, ['agent-desktop', 'kiosk']).told().documents).toBe(0)
  drop(ALDER)
  expect(deskOf(ALDER)).toBeNull()
  expect(report({ seq: 2 })).toMatchObject({ refusal: 'unexpected' })
})

test('a tab that nobody asks for sums lets go of documents that are silent, too', () => {
  const { report, wait, named } = setup()
  const desk = named(ALDER, ['agent-desktop'])
  report()
  wait(45)
  expect(desk.told()).toMatchObject({ tabs: 1, documents: 1 })
  wait(1)
  expect(desk.told()).toMatchObject({ tabs: 0, documents: 0 })
})
