import { createHistoryConnection } from './historyConnection.ts'
import { MIGRATIONS } from './historyDb.ts'
import { runJob } from './historyJobs.ts'
import { repliesOf } from './historyReplies.ts'
import type { HistoryReply, HistoryRequest } from './historyWorkerMessages.ts'

const reply = (message: HistoryReply, transfer: Transferable[] = []) =>
  globalThis.postMessage(message, { transfer })

const connections = new Map<string, ReturnType<typeof createHistoryConnection>>()

function connectionTo(database: string) {
  // The page has a connection of its own, which tells what becomes of the database.
  const untold = { onFailure: () => undefined, onReady: () => undefined }
  const known = connections.get(database) ?? createHistoryConnection(database, MIGRATIONS, untold)
  connections.set(database, known)
  return known
}

/** The page gives up a worker that it does not hear of, however long the database takes. */
const BEAT_MS = 4_000

async function answer({ id, database, job, asked }: HistoryRequest) {
  const connection = connectionTo(database)
  const beat = setInterval(() => reply({ kind: 'alive' }), BEAT_MS)
  try {
    const found = await runJob(await connection.open(), job, asked)
    for (const { message, transfer } of repliesOf(id, found)) reply(message, transfer)
  } catch (cause) {
    reply({ id, kind: 'failed', reason: connection.reasonOf(cause) })
  } finally {
    clearInterval(beat)
  }
}

globalThis.onmessage = ({ data }: MessageEvent<HistoryRequest>) => void answer(data)
