import { ImportError } from '../importError.ts'
import type { TailNews } from './tailJtl.ts'
import type { TailReply, TailRequest } from './tailMessages.ts'

export type FollowJtlOptions = {
  /** The file's name: for messages, and as the origin of its series. */
  name: string
  /** Hears what each look brought. */
  onNews: (news: TailNews) => void
  /** Its abort ends the following at once: nothing more is told, and `ended` rejects with its reason. */
  signal: AbortSignal
}

/** A file that is being followed. */
export type FollowedJtl = {
  /** Asks for what is still to be told, the end of the run included; then it is over. */
  stop: () => void
  /** Resolves after `stop`, when all has been told. Rejects with an ImportError when the file is refused. */
  ended: Promise<void>
}

/** Follows a JMeter results file that the user chose, in a worker. Only reading is needed. */
export function followJtl(
  handle: FileSystemFileHandle,
  { name, onNews, signal }: FollowJtlOptions,
): FollowedJtl {
  const worker = new Worker(new URL('./tail.worker.ts', import.meta.url), {
    type: 'module',
    name: 'tail',
  })
  const send = (request: TailRequest) => worker.postMessage(request)
  const ended = new Promise<void>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<TailReply>) => {
      if (data.kind === 'stopped') resolve()
      else if (data.kind === 'failed') reject(failureOf(data, name))
      else if (!signal.aborted) onNews(data)
    }
    worker.onerror = ({ message }) =>
      reject(new Error(`${name}: following failed: ${message || 'its worker could not be loaded'}`))
    const leave = () => reject(signal.reason as Error)
    if (signal.aborted) leave()
    else signal.addEventListener('abort', leave, { once: true })
  })
  send({ kind: 'follow', handle, name })
  return { stop: () => send({ kind: 'stop' }), ended: ended.finally(() => worker.terminate()) }
}

const failureOf = (
  { importKind, message }: Extract<TailReply, { kind: 'failed' }>,
  name: string,
): Error =>
  importKind
    ? new ImportError(importKind, message)
    : new Error(`${name}: following failed: ${message}`)
