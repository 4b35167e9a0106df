import { expect, test, vi } from 'vitest'
import { plantedTest } from '#testing/plantedTest.ts'
import { EMPTY_SERIES } from '#domain/series/series.ts'
import type { DeskReply, DeskWorker } from '../workerDesk.ts'
import { createEvidenceDesk } from './evidenceDesk.ts'
import type { EvidenceAnswer, EvidenceRequest } from './evidenceRequest.ts'

const REQUEST: EvidenceRequest = {
  input: { ...plantedTest(), clients: null },
  clientEvents: null,
  earlier: [],
}
const ANSWER = { report: {}, earlier: [] } as unknown as EvidenceAnswer

type FakeWorker = DeskWorker<EvidenceRequest, EvidenceAnswer> & {
  asked: { id: number; transfer: Transferable[] }[]
  isGone: boolean
  reply: (data: DeskReply<EvidenceAnswer>) => void
  complain: (message: string) => void
}

/** Workers that answer when a test says so. */
function setup() {
  const workers: FakeWorker[] = []
  const desk = createEvidenceDesk(() => {
    const worker: FakeWorker = {
      asked: [],
      isGone: false,
      onmessage: null,
      onerror: null,
      postMessage: ({ id }, transfer) => void worker.asked.push({ id, transfer }),
      terminate: () => {
        worker.isGone = true
      },
      reply: (data) => worker.onmessage?.({ data } as MessageEvent<DeskReply<EvidenceAnswer>>),
      complain: (message) => worker.onerror?.({ message } as ErrorEvent),
    }
    workers.push(worker)
    return worker
  })
  return { desk, workers }
}

test('one worker answers all questions, each with its own answer', async () => {
  const { desk, workers } = setup()
  const [first, second] = [desk.ask(REQUEST), desk.ask(REQUEST)]
  expect(workers).toHaveLength(1)
  const [one, other] = workers[0]!.asked
  workers[0]!.reply({ id: other!.id, kind: 'failed', message: 'too much' })
  workers[0]!.reply({ id: one!.id, kind: 'done', answer: ANSWER })
  await expect(first).resolves.toBe(ANSWER)
  await expect(second).rejects.toThrow('too much')
})

test('a worker that cannot be loaded is told, and the next question starts a new one', async () => {
  const { desk, workers } = setup()
  const first = desk.ask(REQUEST)
  workers[0]!.complain('')
  await expect(first).rejects.toThrow('the evidence worker could not be loaded')
  const second = desk.ask(REQUEST)
  expect(workers.map(({ isGone }) => isGone)).toEqual([true, false])
  // What the old one still complains of is not the new one's fault.
  workers[0]!.complain('late')
  workers[1]!.reply({ id: workers[1]!.asked[0]!.id, kind: 'done', answer: ANSWER })
  await expect(second).resolves.toBe(ANSWER)
})

test('a browser that starts no worker is told as well', async () => {
  const desk = createEvidenceDesk(() => {
    throw new Error('refused by the policy of the page')
  })
  await expect(desk.ask(REQUEST)).rejects.toThrow('refused by the policy')
})

test('a worker that never answers is given up after a minute', async () => {
  vi.useFakeTimers()
  try {
    const { desk, workers } = setup()
    const asked = desk.ask(REQUEST)
    const refused = expect(asked).rejects.toThrow('longer than 60 s')
    await vi.advanceTimersByTimeAsync(60_000)
    await refused
    expect(workers[0]!.isGone).toBe(true)
  } finally {
    vi.useRealTimers()
  }
})

test('a desk that is closed lets go of its worker and of those who wait', async () => {
  const { desk, workers } = setup()
  const asked = desk.ask(REQUEST)
  desk.close()
  await expect(asked).rejects.toThrow('closed')
  expect(workers[0]!.isGone).toBe(true)
})

test('the memory of columns is handed over, each once; what is empty may be shared and stays', async () => {
  const { desk, workers } = setup()
  const { input } = REQUEST
  void desk.ask({ ...REQUEST, input: { ...input, attempts: EMPTY_SERIES } }).catch(() => undefined)
  const { transfer } = workers[0]!.asked[0]!
  expect(transfer).toContain(input.subject!.series.timeMs.buffer)
  expect(transfer).not.toContain(EMPTY_SERIES.timeMs.buffer)
  expect(new Set(transfer).size).toBe(transfer.length)
  desk.close()
})

test('a worker that has answered for long makes room for a fresh one, but not for who still waits', async () => {
  const { desk, workers } = setup()
  const answer = (id: number) => workers.at(-1)!.reply({ kind: 'done', id, answer: ANSWER })
  for (let id = 1; id < 100; id++) {
    const asked = desk.ask(REQUEST)
    answer(id)
    await asked
  }
  const [hundredth, next] = [desk.ask(REQUEST), desk.ask(REQUEST)]
  answer(100)
  await hundredth
  expect(workers[0]!.isGone).toBe(false)
  answer(101)
  await next
  expect(workers[0]!.isGone).toBe(true)
  const later = desk.ask(REQUEST)
  expect(workers).toHaveLength(2)
  answer(102)
  expect(await later).toBe(ANSWER)
})
