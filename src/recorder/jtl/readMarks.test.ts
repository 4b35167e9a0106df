import { expect, test } from 'vitest'
import { HOUR_MS } from '#domain/units.ts'
import { createSteeredClock } from '#testing/steeredClock.ts'
import type { WriteTrouble } from '../log/logWriter.ts'
import type { ReadMark } from './markedReading.ts'
import { openReadMarks } from './readMarks.ts'

const NAME = 'followed.json'
const mark = (readBytes: number): ReadMark => ({ readBytes, before: 'ab', isResting: false })

/** A folder in memory, which can be made to take nothing, and a log that can be in trouble. */
function setup() {
  const steered = createSteeredClock()
  const kept = new Map<string, string>()
  const events: string[] = []
  let failure: Error | null = null
  let trouble: WriteTrouble | null = null
  let writes = 0
  const nothing = () => Promise.resolve()
  const open = () =>
    openReadMarks({
      storage: {
        names: () => Promise.resolve([...kept.keys()]),
        read: (name) => Promise.resolve(kept.get(name)!),
        append: nothing,
        cut: nothing,
        remove: nothing,
        replace: async (name, text) => {
          if (failure) throw failure
          writes += 1
          kept.set(name, text)
        },
      },
      orgLog: { flushed: nothing, trouble: () => trouble },
      clock: steered.clock,
      timer: steered.timer,
      log: (_, event) => void events.push(event),
    })
  return {
    ...steered,
    open,
    kept,
    events,
    writes: () => writes,
    failWith: (error: Error | null) => {
      failure = error
    },
    troubleSince: (since: WriteTrouble['since'] | null) => {
      trouble = since === null ? null : { reason: 'the disk is full (ENOSPC)', since }
    },
  }
}

test('marks are kept a few seconds after they changed, and at the end', async () => {
  const { open, advance, writes, timers } = setup()
  const marks = await open()
  marks.set('a.jtl', mark(10))
  marks.set('b.jtl', mark(20))
  expect(writes()).toBe(0)
  await advance(5_000)
  expect(writes()).toBe(1)
  marks.set('a.jtl', mark(10))
  await advance(60_000)
  expect(writes()).toBe(1)
  marks.set('a.jtl', mark(30))
  await marks.close()
  expect([writes(), timers()]).toEqual([2, 0])
  const again = await open()
  expect(again.of('a.jtl')).toMatchObject(mark(30))
  expect(again.of('b.jtl')).toMatchObject(mark(20))
})

test('nothing is marked as told that the log could not write', async () => {
  const { open, advance, now, troubleSince, writes } = setup()
  const marks = await open()
  troubleSince(now())
  marks.set('a.jtl', mark(10))
  await advance(60_000)
  expect(writes()).toBe(0)
  troubleSince(null)
  await advance(5_000)
  expect(writes()).toBe(1)
})

test('a disk that takes no mark is told of once, and asked again', async () => {
  const { open, advance, failWith, writes, events } = setup()
  const marks = await open()
  failWith(Object.assign(new Error('no space'), { code: 'ENOSPC' }))
  marks.set('a.jtl', mark(10))
  await advance(60_000)
  expect(events).toEqual(['jtl_mark_not_saved'])
  failWith(null)
  await advance(5_000)
  expect(writes()).toBe(1)
})

test.each(['{', '{"version":2,"files":{}}', 'null', '{"version":1}'])(
  'what cannot be understood is told of and passed over: %s',
  async (text) => {
    const { open, kept, events } = setup()
    kept.set(NAME, text)
    expect((await open()).of('a.jtl')).toBeNull()
    expect(events).toEqual(['jtl_marks_unreadable'])
  },
)

test('a mark that nothing changed for as long as the log reaches back is dropped', async () => {
  const { open, advance } = setup()
  const marks = await open()
  marks.set('a.jtl', mark(10))
  await marks.close()
  await advance(26 * HOUR_MS)
  expect((await open()).of('a.jtl')).not.toBeNull()
  await advance(1)
  expect((await open()).of('a.jtl')).toBeNull()
})
