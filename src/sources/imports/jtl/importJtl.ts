import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import { ImportError } from '../importError.ts'
import type { JtlWorkerReply, JtlWorkerRequest } from './jtlWorkerMessages.ts'
import type { JtlImport, ReadJtlOptions } from './readJtl.ts'

/**
 * Reads a JMeter CSV file that the user chose: in a worker where there is one (an abort ends it at
 * once), directly in Node. Throws ImportError when the file is refused, and the signal's reason when aborted.
 */
export async function importJtl(file: Blob, options: ReadJtlOptions): Promise<JtlImport> {
  options.signal?.throwIfAborted()
  if (typeof Worker === 'undefined') {
    const { readJtl } = await import('./readJtl.ts')
    return readJtl(file, options)
  }
  return importInWorker(file, options)
}

function importInWorker(file: Blob, { name, onProgress, signal }: ReadJtlOptions) {
  const worker = new Worker(new URL('./jtl.worker.ts', import.meta.url), { type: 'module' })
  const { promise, resolve, reject } = deferred<JtlImport>()
  const errors: ErrorEvent[] = []
  const onAbort = () => reject(signal?.reason)
  worker.onmessage = ({ data }: MessageEvent<JtlWorkerReply>) => {
    if (data.kind === 'progress') onProgress?.(data.progress)
    else if (data.kind === 'errors') errors.push(...data.errors)
    else if (data.kind === 'done')
      resolve({ ...data.result, observation: { ...data.result.observation, errors } })
    else if (data.importKind) reject(new ImportError(data.importKind, data.message))
    else reject(new Error(`${name}: the import failed: ${data.message}`))
  }
  worker.onerror = ({ message }) =>
    reject(new Error(`${name}: the import worker failed: ${message || 'it could not be loaded'}`))
  signal?.addEventListener('abort', onAbort, { once: true })
  worker.postMessage({ file, name } satisfies JtlWorkerRequest)
  return promise.finally(() => {
    signal?.removeEventListener('abort', onAbort)
    worker.terminate()
  })
}

/** `Promise.withResolvers` is younger than the oldest Node this runs on. */
function deferred<T>() {
  let resolve!: (value: T) => void
  let reject!: (reason: unknown) => void
  const promise = new Promise<T>((onDone, onFail) => {
    resolve = onDone
    reject = onFail
  })
  return { promise, resolve, reject }
}
