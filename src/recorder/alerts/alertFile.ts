import type { AlertStore } from '#monitor/alerts/alertStore.ts'
import type { EventLog } from '../eventLog.ts'
import { fileReason } from '../fileReason.ts'
import type { LogStorage } from '../log/logStorage.ts'

const NAME = 'alerts.json'

/** Keeps what alerts remember beside an organisation's log, so that a recorder that starts again tells nothing twice. */
export async function openAlertFile(
  storage: LogStorage,
  log: EventLog,
): Promise<{ store: AlertStore; close: () => Promise<void> }> {
  let text = await readBack(storage, log)
  let isWritten = true
  let isTrouble = false
  let writing: Promise<void> | null = null

  /** One at a time; what was saved meanwhile is written next, and only the newest of it. */
  async function write() {
    while (!isWritten && text !== null) {
      isWritten = true
      try {
        await storage.replace(NAME, text)
        isTrouble = false
      } catch (error) {
        if (!isTrouble) log('error', 'alerts_not_saved', { reason: fileReason(error) })
        isTrouble = true
      }
    }
  }

  return {
    store: {
      load: () => text,
      save(_, next) {
        text = next
        isWritten = false
        writing ??= write().finally(() => {
          writing = null
        })
      },
      subscribe: () => () => undefined,
    },
    close: async () => {
      await writing
    },
  }
}

async function readBack(storage: LogStorage, log: EventLog): Promise<string | null> {
  try {
    return (await storage.names()).includes(NAME) ? await storage.read(NAME) : null
  } catch (error) {
    log('warn', 'alerts_unreadable', { reason: fileReason(error) })
    return null
  }
}
