import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import type { ClientEvent } from '#domain/evidence/demand/clientEvents.ts'
import { ImportError } from './importError.ts'
import type { FileWorkerReply, FileWorkerRequest } from './fileWorkerMessages.ts'
import type { FileImport } from './fileImport.ts'
import type { ReadFileOptions } from './readFile.ts'

/** Attempts are not told one by one across the worker's border. */
type ImportOptions = Omit<ReadFileOptions, 'onAttempt'>

/**
 * Reads a file of any known format that the user chose: in a worker where there is one (an abort ends it at
 * once), directly in Node. Throws ImportError when the file is refused, and the signal's reason when aborted.
 */
export async function importFile(file: Blob, options: ImportOptions): Promise<FileImport> {
  options.signal?.throwIfAborted()
  if (typeof Worker === 'undefined') {
    const { readFile } = await import('./readFile.ts')
    return readFile(file, options)
  }
  return importInWorker(file, options)
}

function importInWorker(file: Blob, { name, onProgress, signal, ...hears }: ImportOptions) {
  const worker = new Worker(new URL('./file.worker.ts', import.meta.url), { type: 'module' })
  const { promise, resolve, reject } = deferred<FileImport>()
  const errors: ErrorEvent[] = []
  const clients: ClientEvent[] = []
  const onAbort = () => reject(signal?.reason)
  worker.onmessage = ({ data }: MessageEvent<FileWorkerReply>) => {
    if (data.kind === 'progress') onProgress?.(data.progress)
    else if (data.kind === 'errors') errors.push(...data.errors)
    else if (data.kind === 'clients') clients.push(...data.clients)
    else if (data.kind === 'done')
      resolve({ ...data.result, observation: { ...data.result.observation, errors, clients } })
    else if (data.importKind) reject(new ImportError(data.importKind, data.message))
    else reject(new Error(`${name}: the import failed: ${data.message}`))
  }
  worker.onerror = ({ message }) =>
    reject(new Error(`${name}: the import worker failed: ${message || 'it could not be loaded'}`))
  signal?.addEventListener('abort', onAbort, { once: true })
  worker.postMessage({ file, name, hears } satisfies FileWorkerRequest)
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
