import { ImportError } from '../importError.ts'
import { tailJtl } from './tailJtl.ts'
import type { TailReply, TailRequest } from './tailMessages.ts'

/** Between two looks: with the second that JMeter takes to begin a new one, and a frame, it makes two. */
const LOOK_EVERY_MS = 500

const stop = new AbortController()
const { signal } = stop
let wake = () => {}

/** A worker's timer keeps its pace in a hidden tab. */
const pause = () =>
  new Promise<void>((resolve) => {
    const waiting = setTimeout(resolve, LOOK_EVERY_MS)
    wake = () => {
      clearTimeout(waiting)
      resolve()
    }
  })

function tell(reply: TailReply) {
  const observations = reply.kind === 'heard' ? reply.observations : []
  const columns = observations.flatMap(({ samples }) =>
    samples.flatMap(({ series }) => [series.timeMs, series.value]),
  )
  const transfer = columns.map(({ buffer }) => buffer as ArrayBuffer)
  globalThis.postMessage(reply, { transfer })
}

globalThis.onmessage = ({ data }: MessageEvent<TailRequest>) => {
  if (data.kind === 'stop') {
    stop.abort()
    wake()
    return
  }
  const { handle, name } = data
  const now = () => performance.now()
  tailJtl(handle, { name, pause, now, tell, signal }).then(
    () => tell({ kind: 'stopped' }),
    (error: unknown) =>
      tell({
        kind: 'failed',
        importKind: error instanceof ImportError ? error.kind : null,
        message: String(error instanceof Error ? error.message : error),
      }),
  )
}
