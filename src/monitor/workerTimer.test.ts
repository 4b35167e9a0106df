import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createPageTimer } from './pageTimer.ts'
import { createWorkerTimer, type TimerRequest, type TimerWorker } from './workerTimer.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function setup() {
  const requests: TimerRequest[] = []
  const worker: TimerWorker = {
    postMessage: (request) => void requests.push(request),
    onmessage: null,
    onerror: null,
    terminate: vi.fn<() => void>(),
  }
  const timer = createWorkerTimer(() => worker)
  const fire = (id: number) => worker.onmessage?.({ data: id } as MessageEvent<number>)
  return { timer, worker, requests, fire }
}

test('asks the worker and calls back once when it says so', () => {
  const { timer, requests, fire } = setup()
  const call = vi.fn<() => void>()
  timer.after(2_000, call)
  expect(requests).toEqual([{ id: 1, delayMs: 2_000 }])
  vi.advanceTimersByTime(60_000)
  expect(call).not.toHaveBeenCalled()
  fire(1)
  fire(1)
  expect(call).toHaveBeenCalledTimes(1)
})

test('a call that was taken back is not made, even if the worker was quicker', () => {
  const { timer, requests, fire } = setup()
  const call = vi.fn<() => void>()
  const cancel = timer.after(2_000, call)
  cancel()
  cancel()
  expect(requests.slice(1)).toEqual([{ id: 1, delayMs: null }])
  fire(1)
  expect(call).not.toHaveBeenCalled()
})

test('a worker that fails to load hands everything to the page, with the time that is left', () => {
  const { timer, worker, requests } = setup()
  const waiting = vi.fn<() => void>()
  const later = vi.fn<() => void>()
  timer.after(2_000, waiting)
  vi.advanceTimersByTime(500)
  worker.onerror?.({} as ErrorEvent)
  expect(worker.terminate).toHaveBeenCalledTimes(1)
  const cancelled = timer.after(1_000, later)
  cancelled()
  timer.after(3_000, later)
  expect(requests).toHaveLength(1)
  vi.advanceTimersByTime(1_499)
  expect(waiting).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(waiting).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(1_500)
  expect(later).toHaveBeenCalledTimes(1)
})

test('where there is no Worker the page counts the time', () => {
  const timer = createWorkerTimer(() => {
    throw new ReferenceError('Worker is not defined')
  })
  const call = vi.fn<() => void>()
  timer.after(1_000, call)
  vi.advanceTimersByTime(1_000)
  expect(call).toHaveBeenCalledTimes(1)
})

test('a delay too long for the browser is no delay of zero', () => {
  const call = vi.fn<() => void>()
  createPageTimer().after(2 ** 40, call)
  vi.advanceTimersByTime(60_000)
  expect(call).not.toHaveBeenCalled()
})
