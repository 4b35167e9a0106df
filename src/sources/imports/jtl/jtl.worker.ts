import { ImportError } from '../importError.ts'
import { readJtl } from './readJtl.ts'
import type { JtlWorkerReply, JtlWorkerRequest } from './jtlWorkerMessages.ts'

const reply = (message: JtlWorkerReply, transfer: Transferable[] = []) =>
  globalThis.postMessage(message, { transfer })

globalThis.onmessage = ({ data: { file, name } }: MessageEvent<JtlWorkerRequest>) => {
  readJtl(file, { name, onProgress: (progress) => reply({ kind: 'progress', progress }) }).then(
    (result) => {
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
