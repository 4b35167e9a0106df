import { createPageTimer } from './pageTimer.ts'
import type { TimerRequest } from './workerTimer.ts'

const timer = createPageTimer()
const pending = new Map<number, () => void>()

self.addEventListener('message', ({ data }: MessageEvent<TimerRequest>) => {
  pending.get(data.id)?.()
  pending.delete(data.id)
  if (data.delayMs === null) return
  const cancel = timer.after(data.delayMs, () => {
    pending.delete(data.id)
    self.postMessage(data.id)
  })
  pending.set(data.id, cancel)
})
