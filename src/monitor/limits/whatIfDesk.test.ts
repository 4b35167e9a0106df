import { expect, test } from 'vitest'
import type { History } from '#sources/history/history.ts'
import { DAY_MS, later } from '#domain/units.ts'
import { comparedHistory } from '#testing/comparedHistory.ts'
import { createLimitsWorker } from './limitsWorker.ts'
import { createWhatIfDesk } from './whatIfDesk.ts'

function setup() {
  const made = comparedHistory()
  let reads = 0
  const history: Pick<History, 'read' | 'readSummaries'> = {
    read: (...args) => {
      reads += 1
      return made.history.read(...args)
    },
    readSummaries: made.history.readSummaries,
  }
  const asked: number[] = []
  const worker = createLimitsWorker()
  const desk = createWhatIfDesk({
    ...made,
    history,
    now: () => made.now,
    facts: () => made.facts,
    clients: () => null,
    pacing: () => () => Promise.resolve(),
    worker: {
      whatIf: (input) => {
        asked.push(input.limit)
        return worker.whatIf(input)
      },
    },
  })
  const answered = async (limit: number) => {
    await expect
      .poll(() => {
        const state = desk.state()
        return state.kind === 'answered' ? state.answer.question.limit : state.kind
      })
      .toBe(limit)
    const state = desk.state()
    if (state.kind !== 'answered') throw new Error(state.kind)
    return state.answer
  }
  return { ...made, desk, asked, answered, reads: () => reads }
}

test('another limit is tried on what was recorded, and the window is read once for all of them', async () => {
  const { desk, open, story, answered, reads } = setup()
  desk.ask({ metric: open.id, span: story.before, limit: 400 })
  const { found, inForce, tier } = await answered(400)
  expect(found).toMatchObject({ kind: 'bounds', low: 0 })
  expect([inForce, tier]).toEqual([250, 'samples'])
  const before = reads()
  desk.ask({ metric: open.id, span: story.before, limit: 250 })
  expect((await answered(250)).found.kind).toBe('recorded')
  expect(reads()).toBe(before)
})

test('while it works only the newest of what is typed waits', async () => {
  const { desk, open, story, asked, answered } = setup()
  for (const limit of [3, 30, 300]) desk.ask({ metric: open.id, span: story.before, limit })
  await answered(300)
  expect(asked).not.toContain(30)
})

test('a longer window is answered from what its minutes came to', async () => {
  const { desk, open, story, answered, now } = setup()
  desk.ask({ metric: open.id, span: { from: later(now, -8 * DAY_MS), to: now }, limit: 200 })
  const { found, tier } = await answered(200)
  expect(tier).toBe('minutes')
  expect(found).toMatchObject({ kind: 'refused', reason: 'gaps' })
  desk.ask({ metric: open.id, span: story.before, limit: 200 })
  expect((await answered(200)).tier).toBe('samples')
})

test('a history that cannot be read is said to have failed', async () => {
  const { open, story, ...made } = comparedHistory()
  const desk = createWhatIfDesk({
    ...made,
    history: { ...made.history, read: () => Promise.reject(new Error('disk gone')) },
    now: () => made.now,
    facts: () => made.facts,
    clients: () => null,
    pacing: () => () => Promise.resolve(),
    worker: createLimitsWorker(),
  })
  desk.ask({ metric: open.id, span: story.before, limit: 5 })
  await expect.poll(desk.state).toEqual({ kind: 'failed', message: 'disk gone' })
})
