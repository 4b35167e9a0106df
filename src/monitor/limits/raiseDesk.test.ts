import { expect, test } from 'vitest'
import { DAY_MS, epochMs, HOUR_MS, later, metricId } from '#domain/units.ts'
import { comparedHistory } from '#testing/comparedHistory.ts'
import { createLimitsWorker } from './limitsWorker.ts'
import { createRaiseDesk } from './raiseDesk.ts'
import type { RaiseQuestion, RaiseView } from './raiseState.ts'

const NEWEST: RaiseQuestion = { metric: null, at: null, before: null, after: null }

function setup(known: Parameters<typeof comparedHistory>[0] = {}, sinceMs = 0) {
  const made = comparedHistory(known)
  const desk = createRaiseDesk({
    ...made,
    now: () => later(made.now, sinceMs),
    facts: () => made.facts,
    clients: () => null,
    pacing: () => () => Promise.resolve(),
    zone: 'UTC',
    worker: createLimitsWorker(),
  })
  const seen: RaiseView['kind'][] = []
  desk.subscribe(() => seen.push(desk.state().view.kind))
  async function shown(question: RaiseQuestion = NEWEST) {
    desk.show(question)
    await expect.poll(() => desk.state().view.kind, { timeout: 20_000 }).not.toBe('reading')
    return desk.state().view
  }
  return { ...made, desk, seen, shown }
}

test('the newest change is judged, in the same hours a week before', async () => {
  const { shown, desk, seen, story } = setup()
  const view = await shown()
  expect(view).toMatchObject({
    kind: 'ready',
    change: { from: 250, to: 900 },
    choice: { how: 'same-hours', before: story.before, after: { from: story.after.from } },
    certificate: { result: { word: 'worked' } },
    problems: [],
  })
  expect(seen[0]).toBe('reading')
  expect(desk.state().changes).toHaveLength(1)
})

test('windows that somebody moved are cut to their side and called by hand', async () => {
  const { shown, changedAt, open, story } = setup()
  const view = await shown({
    metric: open.id,
    at: changedAt,
    before: { from: later(story.before.from, 30 * 60_000), to: later(changedAt, HOUR_MS) },
    after: { from: later(changedAt, -1 * HOUR_MS), to: later(changedAt, HOUR_MS) },
  })
  expect(view).toMatchObject({
    kind: 'ready',
    choice: {
      how: 'by-hand',
      before: { to: changedAt },
      after: { from: changedAt, to: later(changedAt, HOUR_MS) },
    },
  })
  expect(view.kind === 'ready' && view.others.map(({ how }) => how)).toContain('same-hours')
})

test('windows on the wrong side are told of, and the proposal stands', async () => {
  const { shown, changedAt, open, story } = setup()
  const view = await shown({
    metric: open.id,
    at: changedAt,
    before: story.after,
    after: story.before,
  })
  expect(view).toMatchObject({ kind: 'ready', choice: { how: 'same-hours' } })
  expect(view.kind === 'ready' && view.problems.join()).toContain('do not lie on both sides')
})

test('a change that nobody knows is said to be unknown, and none at all differs from it', async () => {
  const { shown } = setup()
  expect(await shown({ ...NEWEST, metric: metricId('connections.open'), at: epochMs(5) })).toEqual({
    kind: 'unknownChange',
  })
  expect(await shown({ ...NEWEST, metric: metricId('calls.concurrent') })).toEqual({
    kind: 'unknownChange',
  })
})

test('where nothing was measured under the old limit there are no windows', async () => {
  expect(await setup({ isMeasured: false }).shown()).toMatchObject({
    kind: 'noWindows',
    reason: 'nothing-before',
    attemptsSince: null,
  })
})

test('without attempts there is a certificate that says so', async () => {
  expect(await setup({ isCounted: false }).shown()).toMatchObject({
    kind: 'ready',
    certificate: { bands: [], result: { word: 'cannot-tell', reason: 'no-attempts' } },
    attemptsSince: null,
  })
})

test('of a change older than samples are kept there is no certificate', async () => {
  expect(await setup({}, 15 * DAY_MS).shown()).toMatchObject({
    kind: 'noWindows',
    reason: 'tooOld',
  })
})

test('a history that cannot be read is said to have failed, and is read again when asked', async () => {
  const { history, ...made } = comparedHistory()
  let isBroken = true
  const desk = createRaiseDesk({
    ...made,
    history: {
      read: history.read,
      readSummaries: (...args) =>
        isBroken ? Promise.reject(new Error('disk gone')) : history.readSummaries(...args),
    },
    now: () => made.now,
    facts: () => made.facts,
    clients: () => null,
    pacing: () => () => Promise.resolve(),
    zone: 'UTC',
    worker: createLimitsWorker(),
  })
  desk.show(NEWEST)
  await expect.poll(() => desk.state().view).toMatchObject({ kind: 'failed', message: 'disk gone' })
  isBroken = false
  desk.readAgain()
  await expect.poll(() => desk.state().view.kind).toBe('ready')
})

test('only what was asked last is shown', async () => {
  const { desk, changedAt, open } = setup()
  desk.show(NEWEST)
  desk.show({ ...NEWEST, metric: open.id, at: epochMs(7) })
  await expect.poll(() => desk.state().view.kind).toBe('unknownChange')
  desk.show({ ...NEWEST, metric: open.id, at: changedAt })
  await expect.poll(() => desk.state().view.kind).toBe('ready')
})
