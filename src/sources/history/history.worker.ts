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

async function answer({ id, database, job, asked }: HistoryRequest) {
  const connection = connectionTo(database)
  try {
    const alive = () => reply({ kind: 'alive' })
    const found = await runJob(await connection.open(), job, asked, alive)
    for (const { message, transfer } of repliesOf(id, found)) reply(message, transfer)
  } catch (cause) {
    reply({ id, kind: 'failed', reason: connection.reasonOf(cause) })
  }
}

globalThis.onmessage = ({ data }: MessageEvent<HistoryRequest>) => void answer(data)
