import { expect, test } from 'vitest'
import type { Timer } from './clock.ts'
import { createWorkerTimer } from './workerTimer.ts'

const after = (timer: Timer, delayMs: number) =>
  new Promise<number>((resolve) => {
    const startedAt = performance.now()
    timer.after(delayMs, () => resolve(performance.now() - startedAt))
  })

test('a real worker counts seconds, in order, and forgets what was taken back', async () => {
  const timer = createWorkerTimer()
  const order: string[] = []
  const cancel = timer.after(300, () => order.push('taken back'))
  timer.after(900, () => order.push('late'))
  timer.after(200, () => order.push('early'))
  cancel()
  expect(await after(timer, 2_000)).toBeGreaterThanOrEqual(1_990)
  expect(order).toEqual(['early', 'late'])
})
