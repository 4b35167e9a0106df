import { expect, test } from 'vitest'
import type { JournalEntry } from '#domain/limits/limitJournal.ts'
import { DAY_MS, later } from '#domain/units.ts'
import { comparedHistory } from '#testing/comparedHistory.ts'
import { createLimitsWorker } from './limitsWorker.ts'
import { createRejudging } from './rejudging.ts'

function setup(sinceMs = 0) {
  const made = comparedHistory()
  const entry: JournalEntry = {
    id: 'late',
    kind: 'effective',
    key: null,
    metric: made.open.id,
    from: 250,
    to: 900,
    earliest: made.changedAt,
    latest: made.changedAt,
    firstSeenAt: later(made.changedAt, 3_600_000),
    explanation: { kind: 'unexplained' },
  }
  let judgements = 0
  const worker = createLimitsWorker()
  const rejudging = createRejudging({
    ...made,
    now: () => later(made.now, sinceMs),
    facts: () => made.facts,
    pacing: () => () => Promise.resolve(),
    worker: {
      rejudged: (input) => {
        judgements += 1
        return worker.rejudged(input)
      },
    },
  })
  return { ...made, entry, rejudging, judgements: () => judgements }
}

test('what a limit that was learnt late has moved is worked out once', async () => {
  const { entry, rejudging, judgements } = setup()
  rejudging.ask(entry)
  expect(rejudging.view('late')).toEqual({ kind: 'working' })
  await expect.poll(() => rejudging.view('late')?.kind).toBe('ready')
  const view = rejudging.view('late')
  if (view?.kind !== 'ready') throw new Error('not ready')
  expect(view.found.samples).toBe(720)
  expect(view.found.old.above).toBeGreaterThan(0)
  expect(view.found.new).toMatchObject({ above: 0, atLimitMs: 0 })
  rejudging.ask(entry)
  expect(judgements()).toBe(1)
})

test('a limit that was known at once moved nothing and is not asked about', () => {
  const { entry, rejudging } = setup()
  rejudging.ask({ ...entry, firstSeenAt: entry.latest })
  expect(rejudging.view('late')).toBeNull()
})

test('a stretch older than samples are kept is said to be too old', async () => {
  const { entry, rejudging } = setup(15 * DAY_MS)
  rejudging.ask(entry)
  await expect.poll(() => rejudging.view('late')).toEqual({ kind: 'tooOld' })
})
