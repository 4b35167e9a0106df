import 'fake-indexeddb/auto'
import { expect, test, vi } from 'vitest'
import { errorEvent } from '#domain/errors/errorEvent.ts'
import { NOTHING_OBSERVED } from '#domain/observation.ts'
import { DAY_MS, epochMs, later } from '#domain/units.ts'
import { historyPages, ORG, START, timesOf, write } from '#testing/historyPages.ts'
import type { HistoryWorker } from './historyDesk.ts'
import { repliesOf, wholeAnswer } from './historyReplies.ts'
import type { HistoryReply, HistoryRequest } from './historyWorkerMessages.ts'

type FakeWorker = HistoryWorker & {
  asked: HistoryRequest[]
  isGone: boolean
  say: (reply: HistoryReply) => void
  die: (message: string) => void
}

/** A page whose workers answer when a test says so. */
async function setup() {
  const pages = historyPages()
  const workers: FakeWorker[] = []
  const startWorker = () => {
    const worker: FakeWorker = {
      asked: [],
      isGone: false,
      onmessage: null,
      onerror: null,
      postMessage: (request) => void worker.asked.push(request),
      terminate: () => {
        worker.isGone = true
      },
      say: (data) => worker.onmessage?.({ data } as MessageEvent<HistoryReply>),
      die: (message) => worker.onerror?.({ message } as ErrorEvent),
    }
    workers.push(worker)
    return worker
  }
  const plain = pages.open()
  write(plain, START)
  await plain.close()
  return { ...pages, page: pages.open({ startWorker }), workers }
}

const DAY = [START, later(START, DAY_MS)] as const

/** What the newest worker was asked last. */
async function lastAsked(workers: readonly FakeWorker[]) {
  await vi.waitUntil(() => (workers.at(-1)?.asked.length ?? 0) > 0)
  return workers.at(-1)!.asked.at(-1)!
}

test('a long job is done by the worker, and a large answer comes in parts', async () => {
  const { page, workers } = await setup()
  const reading = page.read(ORG, ...DAY)
  const { id, job } = await lastAsked(workers)
  expect(job).toBe('read')
  const errors = [1, 2, 3].map((at) =>
    errorEvent({ at: epochMs(at), class: 'rate', source: 'feed' }),
  )
  for (const { message } of repliesOf(id, { ...NOTHING_OBSERVED, errors }))
    workers[0]!.say(structuredClone(message))
  expect(await reading).toEqual({ ...NOTHING_OBSERVED, errors })
})

test('what does not fit into one message is whole on the other side', () => {
  const errors = Array.from({ length: 9_001 }, (_, i) =>
    errorEvent({ at: epochMs(i), class: 'rate', source: 'feed' }),
  )
  const replies = repliesOf(7, { ...NOTHING_OBSERVED, errors })
  const parts = replies.flatMap(({ message }) => (message.kind === 'errors' ? message.errors : []))
  const last = replies.at(-1)!.message
  expect(last).toEqual({ id: 7, kind: 'done', answer: NOTHING_OBSERVED })
  expect(wholeAnswer(NOTHING_OBSERVED, parts)).toEqual({ ...NOTHING_OBSERVED, errors })
})

test('a worker that dies is replaced, and what it left undone is done on the page', async () => {
  const { page, workers } = await setup()
  const reading = timesOf(page)
  const { id } = await lastAsked(workers)
  workers[0]!.say({ kind: 'alive' })
  workers[0]!.die('out of memory')
  expect(await reading).toEqual([0])
  expect(page.health()).toEqual({ kind: 'stored' })
  expect(workers[0]!.isGone).toBe(true)
  // What the old one still says is nobody's answer.
  workers[0]!.say({ id, kind: 'failed', reason: 'late' })

  const again = page.read(ORG, ...DAY)
  const next = await lastAsked(workers)
  expect(workers).toHaveLength(2)
  workers[1]!.say({ id: next.id, kind: 'done', answer: NOTHING_OBSERVED })
  expect(await again).toEqual(NOTHING_OBSERVED)
})

test('a worker that cannot be loaded is not tried again', async () => {
  const { page, workers } = await setup()
  const reading = timesOf(page)
  await lastAsked(workers)
  workers[0]!.die('')
  expect(await reading).toEqual([0])
  expect(await timesOf(page)).toEqual([0])
  expect(workers).toHaveLength(1)
})

test('a page whose policy lets no worker start works by itself', async () => {
  const { open } = await setup()
  const page = open({
    startWorker: () => {
      throw new Error('refused by the policy of the page')
    },
  })
  expect(await timesOf(page)).toEqual([0])
})

test('a worker that falls silent is given up, one that is at work is not', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const { page, workers } = await setup()
    const reading = timesOf(page)
    await lastAsked(workers)
    vi.advanceTimersByTime(15_000)
    workers[0]!.say({ kind: 'alive' })
    vi.advanceTimersByTime(15_000)
    expect(workers[0]!.isGone).toBe(false)
    vi.advanceTimersByTime(5_000)
    expect(await reading).toEqual([0])
    expect(workers[0]!.isGone).toBe(true)
  } finally {
    vi.useRealTimers()
  }
})

test('a database that refuses the worker is told as if it had refused the page', async () => {
  const { page, workers } = await setup()
  const reading = timesOf(page)
  const { id } = await lastAsked(workers)
  workers[0]!.say({ id, kind: 'failed', reason: 'the storage of this browser is full' })
  expect(await reading).toEqual([])
  expect(page.health()).toMatchObject({ reason: 'the storage of this browser is full' })
})

test('a page that closes lets go of its worker', async () => {
  const { page, workers } = await setup()
  const reading = page.read(ORG, ...DAY)
  await lastAsked(workers)
  await page.close()
  expect(workers[0]!.isGone).toBe(true)
  expect(await reading).toEqual(NOTHING_OBSERVED)
})
