import { ImportError } from '../importError.ts'
import { readJtl } from './readJtl.ts'
import type { JtlWorkerReply, JtlWorkerRequest } from './jtlWorkerMessages.ts'

const ERRORS_AT_ONCE = 1_000

const reply = (message: JtlWorkerReply, transfer: Transferable[] = []) =>
  globalThis.postMessage(message, { transfer })

globalThis.onmessage = ({ data: { file, name } }: MessageEvent<JtlWorkerRequest>) => {
  readJtl(file, { name, onProgress: (progress) => reply({ kind: 'progress', progress }) }).then(
    (whole) => {
      // A test of which much failed has so many events that taking them over at one go would stop
      // the page for as long.
      const { errors } = whole.observation
      for (let at = 0; at < errors.length; at += ERRORS_AT_ONCE)
        reply({ kind: 'errors', errors: errors.slice(at, at + ERRORS_AT_ONCE) })
      const result = { ...whole, observation: { ...whole.observation, errors: [] } }
      const columns = result.observation.samples.flatMap(({ series }) => [
        series.timeMs,
        series.value,
      ])
      reply(
        { kind: 'done', result },
        columns.map(({ buffer }) => buffer as ArrayBuffer),
      )
    },
    (error: unknown) => {
      const kind = error instanceof ImportError ? error.kind : null
      reply({
        kind: 'failed',
        importKind: kind,
        message: String(error instanceof Error ? error.message : error),
      })
    },
  )
}
