import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type BookEntry, createSocketBook } from './socketBook.ts'

const START_MS = 1_795_414_000_000

function setup(cap: number | null = 2) {
  let nowMs = START_MS
  const book = createSocketBook({ seed: 1, cap, now: () => nowMs })
  const releases: (() => void)[] = []
  return {
    book,
    wait: (ms: number) => {
      nowMs += ms
    },
    open: () => {
      const admission = book.admit('WS /v1', 'test')
      if (admission.isOpen) releases.push(admission.release)
      return admission
    },
    close: () => releases.shift()?.(),
  }
}

const samplesOf = (entries: readonly BookEntry[]) =>
  entries.flatMap((entry) => (entry.kind === 'sample' ? [entry] : []))
const refusedOf = (entries: readonly BookEntry[]) =>
  entries.flatMap((entry) => (entry.kind === 'refused' ? [entry] : []))

test('a peak between two looks is kept', () => {
  const { book, open, close, wait } = setup()
  wait(100)
  open()
  wait(100)
  open()
  wait(100)
  close()
  wait(100)
  close()
  wait(3600)
  const { entries } = book.read(null, 1000)!
  expect(samplesOf(entries).map(({ atMs, open: count }) => [atMs - START_MS, count])).toEqual([
    [0, 0],
    [100, 1],
    [200, 2],
    [300, 1],
    [400, 0],
    [1000, 0],
    [2000, 0],
    [3000, 0],
    [4000, 0],
  ])
})

test('a place is given back once, however often it is asked', () => {
  const { book, open } = setup()
  const admission = open()
  if (!admission.isOpen) throw new Error('refused')
  admission.release()
  admission.release()
  expect(book.open()).toBe(0)
})

test('refusals above fifty in a second are counted together, and none is lost', () => {
  const { book, open, wait } = setup(0)
  for (let i = 0; i < 400; i += 1) open()
  const early = book.read(null, 1000)!
  expect(refusedOf(early.entries)).toHaveLength(50)
  wait(1000)
  const late = book.read(early.next, 1000)!
  expect(refusedOf(late.entries)).toHaveLength(1)
  const count = [...refusedOf(early.entries), ...refusedOf(late.entries)].reduce(
    (sum, entry) => sum + entry.count,
    0,
  )
  expect(count).toBe(400)
})

test('every refusal has a correlation id of its own', () => {
  const { open } = setup(0)
  const ids = Array.from({ length: 500 }, () => {
    const admission = open()
    return admission.isOpen ? '' : admission.correlationId
  })
  expect(new Set(ids).size).toBe(500)
})

test('a raised cap lets more in and is told as a step', () => {
  const { book, open, wait } = setup(1)
  open()
  expect(open().isOpen).toBe(false)
  wait(500)
  book.setCap(2)
  expect(open().isOpen).toBe(true)
  const limits = book.read(null, 100)!.entries.filter(({ kind }) => kind === 'limit')
  expect(limits).toEqual([
    { kind: 'limit', atMs: START_MS, value: 1 },
    { kind: 'limit', atMs: START_MS + 500, value: 2 },
  ])
})

test('after a long silence the book tells the last hour, led by the cap in force', () => {
  const { book, wait } = setup(5)
  wait(5 * 3_600_000)
  const { entries, next } = book.read(null, 10_000)!
  expect(entries[0]).toEqual({ kind: 'limit', atMs: START_MS, value: 5 })
  expect(samplesOf(entries)).toHaveLength(3601)
  expect(book.read(next, 10)!.entries).toEqual([])
  expect(book.read(next + 1, 10)).toBeNull()
})

test('whatever happens: never above the cap, times rise, attempts add up, pages join', () => {
  const anyAct = fc.oneof(
    fc.constant('open' as const),
    fc.constant('close' as const),
    fc.integer({ min: 0, max: 2500 }),
  )
  fc.assert(
    fc.property(
      fc.array(anyAct, { maxLength: 150 }),
      fc.integer({ min: 0, max: 5 }),
      fc.integer({ min: 1, max: 9 }),
      (acts, cap, pageSize) => {
        const { book, wait, open, close } = setup(cap)
        const read: BookEntry[] = []
        let cursor: number | null = null
        let tried = 0
        const drain = () => {
          let hasMore = true
          while (hasMore) {
            const page: NonNullable<ReturnType<typeof book.read>> = book.read(cursor, pageSize)!
            read.push(...structuredClone(page.entries))
            cursor = page.next
            hasMore = page.hasMore
          }
        }
        for (const [i, act] of acts.entries()) {
          if (act === 'open') {
            open()
            tried += 1
          } else if (act === 'close') close()
          else wait(act)
          if (i % 7 === 0) drain()
        }
        wait(1000)
        drain()
        const samples = samplesOf(read)
        expect(Math.max(...samples.map((sample) => sample.open))).toBeLessThanOrEqual(cap)
        expect(samples.every(({ atMs }, i) => i === 0 || atMs > samples[i - 1]!.atMs)).toBe(true)
        expect(samples.reduce((sum, { attempts }) => sum + attempts, 0)).toBe(tried)
        expect(samples.at(-1)!.open).toBe(book.open())
      },
    ),
  )
})
