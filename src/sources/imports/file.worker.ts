import { ImportError } from './importError.ts'
import { readFile } from './readFile.ts'
import type { FileWorkerReply, FileWorkerRequest } from './fileWorkerMessages.ts'

/**
 * A test of which much failed, or whose clients are asked for, has so many events that taking them over at one go would stop the
 * page for as long: they go in portions, with a turn for the page between them.
 */
const EVENTS_AT_ONCE = 2_000

const reply = (message: FileWorkerReply, transfer: Transferable[] = []) =>
  globalThis.postMessage(message, { transfer })

const nextTurn = () => new Promise<void>((done) => setTimeout(done))

async function answer({ file, name, hears }: FileWorkerRequest) {
  const { observation, ...counts } = await readFile(file, {
    name,
    ...hears,
    onProgress: (progress) => reply({ kind: 'progress', progress }),
  })
  const { errors, clients } = observation
  for (let at = 0; at < errors.length; at += EVENTS_AT_ONCE) {
    reply({ kind: 'errors', errors: errors.slice(at, at + EVENTS_AT_ONCE) })
    await nextTurn()
  }
  for (let at = 0; at < clients.length; at += EVENTS_AT_ONCE) {
    reply({ kind: 'clients', clients: clients.slice(at, at + EVENTS_AT_ONCE) })
    await nextTurn()
  }
  const buffers = observation.samples.flatMap(({ series }) => [series.timeMs, series.value])
  reply(
    {
      kind: 'done',
      result: { ...counts, observation: { ...observation, errors: [], clients: [] } },
    },
    buffers.map(({ buffer }) => buffer as ArrayBuffer),
  )
}

globalThis.onmessage = ({ data }: MessageEvent<FileWorkerRequest>) => {
  answer(data).catch((error: unknown) =>
    reply({
      kind: 'failed',
      importKind: error instanceof ImportError ? error.kind : null,
      message: String(error instanceof Error ? error.message : error),
    }),
  )
}
