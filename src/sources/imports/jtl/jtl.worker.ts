import { ImportError } from '../importError.ts'
import { readJtl } from './readJtl.ts'
import type { JtlWorkerReply, JtlWorkerRequest } from './jtlWorkerMessages.ts'

/**
 * A test of which much failed has so many events that taking them over at one go would stop the
 * page for as long: they go in portions, with a turn for the page between them.
 */
const EVENTS_AT_ONCE = 2_000

const reply = (message: JtlWorkerReply, transfer: Transferable[] = []) =>
  globalThis.postMessage(message, { transfer })

const nextTurn = () => new Promise<void>((done) => setTimeout(done))

async function answer({ file, name }: JtlWorkerRequest) {
  const { observation, ...counts } = await readJtl(file, {
    name,
    onProgress: (progress) => reply({ kind: 'progress', progress }),
  })
  const { errors } = observation
  for (let at = 0; at < errors.length; at += EVENTS_AT_ONCE) {
    reply({ kind: 'errors', errors: errors.slice(at, at + EVENTS_AT_ONCE) })
    await nextTurn()
  }
  const columns = observation.samples.flatMap(({ series }) => [series.timeMs, series.value])
  reply(
    { kind: 'done', result: { ...counts, observation: { ...observation, errors: [] } } },
    columns.map(({ buffer }) => buffer as ArrayBuffer),
  )
}

globalThis.onmessage = ({ data }: MessageEvent<JtlWorkerRequest>) => {
  answer(data).catch((error: unknown) =>
    reply({
      kind: 'failed',
      importKind: error instanceof ImportError ? error.kind : null,
      message: String(error instanceof Error ? error.message : error),
    }),
  )
}
