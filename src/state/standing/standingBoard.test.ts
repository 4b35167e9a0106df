import { expect, test, vi } from 'vitest'
import { observation } from '#domain/observation.ts'
import { epochMs, HOUR_MS, metricId, orgId } from '#domain/units.ts'
import { someMetric } from '#testing/someMetric.ts'
import { someMember, standingSetup, unwatched } from '#testing/standingSetup.ts'
import { FACTS_AT } from '#testing/wellFacts.ts'
import { LOOK_EVERY_MS, SETTLE_MS, TOUCHED_MS } from './standingBoard.ts'

const open = someMetric('connections.open', { group: 'connections', intervalMs: HOUR_MS })

function using(name: string, used: number) {
  const member = someMember(name, { metrics: [open] })
  const put = (value: number, at = FACTS_AT) =>
    member.monitor.observe(
      observation({
        samples: [
          {
            metric: metricId('connections.open'),
            series: { timeMs: Float64Array.of(at), value: Float64Array.of(value) },
          },
        ],
        limits: [{ metric: open.id, step: { from: epochMs(0), value: 100, source: 'test' } }],
      }),
    )
  put(used)
  return { ...member, put }
}

const namesOf = ({ board }: ReturnType<typeof standingSetup>) =>
  board.list().organisations.map(({ name }) => name)

test('the worst is first, then what cannot be seen, what is well, what was not begun', () => {
  const all = standingSetup([
    unwatched('Nobody'),
    using('Well', 10),
    unwatched('Broken', { kind: 'failed', since: FACTS_AT, reason: 'down' }),
    using('Full', 99),
    unwatched('Queued', { kind: 'queued' }),
    using('Better', 20),
  ])
  all.board.subscribe(() => undefined)
  expect(namesOf(all)).toEqual(['Full', 'Broken', 'Better', 'Well', 'Queued', 'Nobody'])
  expect(all.board.list().counts.get('atLimit')).toBe(1)
})

test('each organisation hears of its own news alone', async () => {
  const [alder, birch] = [using('Alder', 10), using('Birch', 20)]
  const { board, advance } = standingSetup([alder, birch])
  const [ofAlder, ofBirch] = [vi.fn(), vi.fn()]
  board.subscribeTo(orgId('alder'), ofAlder)
  board.subscribeTo(orgId('birch'), ofBirch)
  const before = board.standing(orgId('birch'))
  for (const heard of [ofAlder, ofBirch]) heard.mockClear()
  alder.put(30)
  await advance(LOOK_EVERY_MS)
  expect(ofAlder).toHaveBeenCalledTimes(1)
  expect(board.standing(orgId('alder'))).toMatchObject({ value: 30 })
  expect(ofBirch).not.toHaveBeenCalled()
  expect(board.standing(orgId('birch'))).toBe(before)
})

test('a worse state moves one at once; numbers that pass each other wait', async () => {
  const [alder, birch] = [using('Alder', 30), using('Birch', 20)]
  const all = standingSetup([alder, birch])
  all.board.subscribe(() => undefined)
  birch.put(40)
  await all.advance(LOOK_EVERY_MS)
  expect(namesOf(all)).toEqual(['Alder', 'Birch'])
  await all.advance(SETTLE_MS)
  expect(namesOf(all)).toEqual(['Birch', 'Alder'])
  alder.put(95)
  await all.advance(LOOK_EVERY_MS)
  expect(namesOf(all)).toEqual(['Alder', 'Birch'])
})

test('nothing moves under the pointer, and moves when it has rested', async () => {
  const [alder, birch] = [using('Alder', 30), using('Birch', 20)]
  const all = standingSetup([alder, birch])
  all.board.subscribe(() => undefined)
  all.board.touched()
  birch.put(95)
  await all.advance(LOOK_EVERY_MS)
  expect(namesOf(all)).toEqual(['Alder', 'Birch'])
  expect(all.board.list().counts.get('critical')).toBe(1)
  await all.advance(TOUCHED_MS + SETTLE_MS)
  expect(namesOf(all)).toEqual(['Birch', 'Alder'])
})

test('one that comes or goes is seen at once', () => {
  const [alder, birch] = [using('Alder', 30), using('Birch', 20)]
  const all = standingSetup([alder])
  all.board.subscribe(() => undefined)
  all.set([alder, birch])
  expect(namesOf(all)).toEqual(['Alder', 'Birch'])
  all.set([birch])
  expect(namesOf(all)).toEqual(['Birch'])
  expect(all.board.standing(orgId('alder'))).toBeNull()
})

test('it works only while somebody listens', async () => {
  const alder = using('Alder', 30)
  const { board, advance, listening } = standingSetup([alder])
  const leave = board.subscribe(() => undefined)
  leave()
  expect(listening()).toBe(0)
  const read = vi.spyOn(alder.monitor, 'facts')
  await advance(10 * LOOK_EVERY_MS)
  expect(read).not.toHaveBeenCalled()
})
