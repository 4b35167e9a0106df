import { expect, test } from 'vitest'
import { errorEvent } from '#domain/errors/errorEvent.ts'
import { OLDEST_PAGE } from '#domain/incident/historySpan.ts'
import { observation } from '#domain/observation.ts'
import { DAY_MS, type EpochMs, epochMs, HOUR_MS, later, MINUTE_MS, orgId } from '#domain/units.ts'
import { type History, MOST_ERRORS_READ } from '#sources/history/history.ts'
import { createMemoryHistory } from '#sources/history/memoryHistory.ts'
import { someMetric } from '#testing/someMetric.ts'
import { createSteeredClock, settled } from '#testing/steeredClock.ts'
import { createHistoryStrip } from './historyStrip.ts'

const NOW = epochMs(Date.UTC(2026, 8, 17, 12, 20))
const ago = (ms: number) => epochMs(NOW - ms)
const ORG = orgId('alder')
const open = someMetric('connections.open', { title: 'Connections', group: 'connections' })

/** A stored history that tells what it was asked, and waits with its answers while it is held. */
function setup(change: (history: History) => Partial<History> = () => ({})) {
  const steered = createSteeredClock(NOW)
  const memory: History = {
    ...createMemoryHistory('a test', NOW),
    health: () => ({ kind: 'stored' }),
  }
  const asked: { from: EpochMs; to: EpochMs; stepMs: number }[] = []
  let running = 0
  let most = 0
  let gate: Promise<void> = Promise.resolve()
  async function counted<T>(call: () => Promise<T>): Promise<T> {
    running += 1
    most = Math.max(most, running)
    await gate
    const answer = await call()
    running -= 1
    return answer
  }
  const changed = { ...memory, ...change(memory) }
  const history = {
    ...changed,
    read: (...wanted: Parameters<History['read']>) => counted(() => changed.read(...wanted)),
    readSummaries: (...wanted: Parameters<History['readSummaries']>) => {
      const [, from, to, stepMs] = wanted
      asked.push({ from, to, stepMs })
      return counted(() => changed.readSummaries(...wanted))
    },
  }
  const strip = createHistoryStrip({
    history,
    org: ORG,
    now: steered.now,
    timer: steered.timer,
    pacing: () => () => Promise.resolve(),
  })
  const isDone = () => strip.state().view.kind !== 'reading' && running === 0
  return {
    strip,
    steered,
    asked,
    most: () => most,
    pages: () => asked.filter(({ from, to }) => to - from === 14 * DAY_MS).length,
    hold: () => {
      let release = () => undefined as void
      gate = new Promise((resolve) => {
        release = resolve
      })
      return release
    },
    /** Many promises follow each other in one reading. */
    read: async () => {
      for (let turn = 0; turn < 200 && !isDone(); turn++) await settled()
      for (let turn = 0; turn < 20; turn++) await settled()
    },
    record: (from: EpochMs, to: EpochMs, value: (at: EpochMs) => number) => {
      const timeMs = Float64Array.from(
        { length: (to - from) / MINUTE_MS },
        (_, i) => from + i * MINUTE_MS,
      )
      const series = { timeMs, value: timeMs.map((at) => value(epochMs(at))) }
      memory.write(
        ORG,
        observation({
          metrics: [open],
          samples: [{ metric: open.id, series }],
          limits: [{ metric: open.id, step: { from: epochMs(0), value: 720, source: 'test' } }],
        }),
      )
    },
    write: (parts: Parameters<typeof observation>[0]) => memory.write(ORG, observation(parts)),
    ready: () => {
      const { view } = strip.state()
      if (view.kind !== 'ready') throw new Error(`The strip is ${view.kind}`)
      const { hours } = view.history
      return {
        ...view.history,
        hourAt: (at: EpochMs) => hours.find((one) => at >= one.from && at < one.to)!,
      }
    },
  }
}

test('nothing is read until somebody looks, and once then', async () => {
  const { strip, asked, read, record, ready, pages } = setup()
  record(ago(3 * HOUR_MS), NOW, () => 360)
  await settled()
  expect(asked).toEqual([])
  const leave = strip.attend()
  await read()
  expect(ready().metric).toEqual(open)
  expect(ready().hours).toHaveLength(336)
  expect(ready().hourAt(NOW)).toMatchObject({
    kind: 'measured',
    highest: 360,
    used: 0.5,
    refused: 0,
  })
  leave()
  strip.attend()
  await read()
  expect(pages()).toBe(1)
})

test('an hour in which the limit was raised is read by the minute, and says what it was judged by', async () => {
  const { strip, read, record, write, ready } = setup()
  const raisedAt = ago(50 * MINUTE_MS)
  record(ago(3 * HOUR_MS), NOW, (at) => (at < raisedAt ? 720 : 900))
  write({ limits: [{ metric: open.id, step: { from: raisedAt, value: 1_000, source: 'test' } }] })
  strip.attend()
  await read()
  expect(ready().hourAt(raisedAt)).toMatchObject({
    highest: 720,
    used: 1,
    limit: 720,
    isAtLeast: false,
  })
  expect(ready().hourAt(NOW)).toMatchObject({ used: 0.9, limit: 1_000 })
})

test('refusals are counted in their hours, day by day', async () => {
  const { strip, read, record, write, ready } = setup()
  record(ago(3 * DAY_MS), NOW, () => 1)
  const refused = (at: EpochMs, count: number) =>
    errorEvent({ at, class: 'capacity', source: 'feed', count })
  write({
    errors: [refused(ago(2 * DAY_MS), 300), refused(ago(2 * DAY_MS - 1), 7), refused(NOW, 5)],
  })
  strip.attend()
  await read()
  expect(ready().hourAt(ago(2 * DAY_MS)).refused).toBe(307)
  expect(ready().hourAt(NOW).refused).toBe(5)
})

test('hours whose errors are too many to be read are not counted', async () => {
  const one = errorEvent({ at: ago(90 * MINUTE_MS), class: 'capacity', source: 'feed' })
  const flood = Array.from({ length: MOST_ERRORS_READ }, () => one)
  const { strip, read, record, ready } = setup((history) => ({
    read: async (...wanted) => {
      const past = await history.read(...wanted)
      const [, from, to] = wanted
      return one.at >= from && one.at <= to ? { ...past, errors: flood } : past
    },
  }))
  record(ago(3 * HOUR_MS), NOW, () => 1)
  strip.attend()
  await read()
  expect(ready().hourAt(one.at).refused).toBeNull()
  expect(ready().hourAt(later(one.at, -2 * HOUR_MS)).refused).toBeNull()
  expect(ready().hourAt(NOW).refused).toBe(0)
})

test('where the first hours are empty it is found when the history begins, to the minute, and nothing is before', async () => {
  const { strip, read, record, ready } = setup()
  const beganAt = ago(5 * DAY_MS - 7 * MINUTE_MS)
  record(beganAt, ago(4 * DAY_MS), () => 1)
  strip.attend()
  await read()
  expect(ready().keptFrom).toBe(beganAt)
  expect(ready().hourAt(later(beganAt, -2 * HOUR_MS)).kind).toBe('notKept')
  expect(ready().hourAt(NOW).kind).toBe('missing')
  expect(strip.state().hasEarlier).toBe(false)
})

test('pages go back in steps of six hours, to where the history ends', async () => {
  const { strip, read, record, ready } = setup()
  record(ago(13 * DAY_MS + 10 * HOUR_MS), NOW, () => 1)
  record(ago(40 * DAY_MS), ago(39 * DAY_MS), () => 72)
  strip.attend()
  await read()
  expect(strip.state().hasEarlier).toBe(true)
  strip.show(2)
  expect(strip.state().view.kind).toBe('reading')
  await read()
  expect(ready().stepMs).toBe(6 * HOUR_MS)
  expect(ready().hourAt(ago(39.5 * DAY_MS))).toMatchObject({ highest: 72, used: 0.1 })
  expect(strip.state().hasEarlier).toBe(false)
  strip.reveal(ago(2 * DAY_MS))
  await read()
  expect(strip.state().page).toBe(0)
  strip.show(99)
  expect(strip.state().page).toBe(OLDEST_PAGE)
})

test('one reading at a time: what is wanted meanwhile comes after, and an answer nobody waits for is dropped', async () => {
  const { strip, read, record, hold, most, pages } = setup()
  record(ago(3 * HOUR_MS), NOW, () => 1)
  const release = hold()
  strip.attend()
  strip.show(1)
  strip.show(2)
  strip.readAgain()
  strip.show(3)
  const shown: number[] = []
  strip.subscribe(() => {
    const { view, page } = strip.state()
    if (view.kind === 'ready') shown.push(page)
  })
  release()
  await read()
  expect(shown).toEqual([3])
  expect(strip.state().view.kind).toBe('ready')
  expect(pages()).toBe(2)
  expect(most()).toBe(1)
})

test('a new hour is read when it begins, as long as somebody looks', async () => {
  const { strip, steered, read, record, ready, pages } = setup()
  record(ago(3 * HOUR_MS), later(NOW, HOUR_MS), () => 1)
  const leave = strip.attend()
  await read()
  await steered.advance(40 * MINUTE_MS)
  await read()
  expect(ready().to).toBe(Date.UTC(2026, 8, 17, 14))
  expect(pages()).toBe(2)
  leave()
  expect(steered.timers()).toBe(0)
  await steered.advance(2 * HOUR_MS)
  strip.attend()
  await read()
  expect(ready().to).toBe(Date.UTC(2026, 8, 17, 16))
})

test('a history that cannot be read says why, and is read again when asked', async () => {
  let isBroken = true
  const { strip, read, record } = setup((history) => ({
    readSummaries: (...wanted) =>
      isBroken ? Promise.reject(new Error('the disk is gone')) : history.readSummaries(...wanted),
  }))
  record(ago(3 * HOUR_MS), NOW, () => 1)
  strip.attend()
  await read()
  expect(strip.state().view).toEqual({ kind: 'failed', message: 'the disk is gone' })
  isBroken = false
  strip.readAgain()
  await read()
  expect(strip.state().view.kind).toBe('ready')
})

test('what a store in trouble leaves out is not taken for nothing kept', async () => {
  const health = { kind: 'memory', reason: 'the database is blocked', since: NOW } as const
  const { strip, read, record } = setup(() => ({ health: () => health }))
  strip.attend()
  await read()
  expect(strip.state().view).toEqual({ kind: 'failed', message: 'the database is blocked' })
  record(ago(HOUR_MS), NOW, () => 1)
  strip.readAgain()
  await read()
  expect(strip.state().view).toMatchObject({ kind: 'ready', problem: 'the database is blocked' })
})
