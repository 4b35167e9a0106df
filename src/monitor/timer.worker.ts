import { createPageTimer } from './pageTimer.ts'
import type { TimerRequest } from './workerTimer.ts'

const timer = createPageTimer()
let cancel: () => void = () => undefined

self.addEventListener('message', ({ data }: MessageEvent<TimerRequest>) => {
  cancel()
  if (data.delayMs !== null) cancel = timer.after(data.delayMs, () => self.postMessage(data.id))
})
