import { expect, test } from 'vitest'
import { epochMs, metricId } from '../units.ts'
import { changeAt, comparableChanges } from './comparableChange.ts'
import type { JournalEntry } from './limitJournal.ts'

const open = metricId('connections.open')
const entry = (known: Partial<JournalEntry>): JournalEntry => ({
  id: 'one',
  kind: 'effective',
  key: null,
  metric: open,
  from: 250,
  to: 400,
  earliest: epochMs(100),
  latest: epochMs(100),
  firstSeenAt: null,
  explanation: { kind: 'unexplained' },
  ...known,
})

test('raises and lowerings of metrics are listed, newest first', () => {
  const lowered = entry({
    id: 'two',
    from: 400,
    to: 300,
    earliest: epochMs(200),
    latest: epochMs(200),
  })
  const changes = comparableChanges([entry({}), lowered])
  expect(changes.map(({ id }) => id)).toEqual(['two', 'one'])
  expect(changeAt(changes, open, epochMs(100))?.to).toBe(400)
  expect(changeAt(changes, metricId('other'), epochMs(100))).toBeNull()
})

test.each([
  ['a request that is not in force', { kind: 'requested' }],
  ['a limit of no metric', { metric: null }],
  ['one that was not known before', { from: null }],
  ['one that is not known any more', { to: null }],
  ['one that stayed', { to: 250 }],
] as const)('%s is nothing to compare', (_, known) => {
  expect(comparableChanges([entry(known)])).toEqual([])
})

test('what two sources tell of one change is one, with the more exact time', () => {
  const seen = entry({ id: 'seen', earliest: epochMs(50), latest: epochMs(150) })
  for (const both of [
    [seen, entry({})],
    [entry({}), seen],
  ])
    expect(comparableChanges(both).map(({ id }) => id)).toEqual(['one'])
})
