import type { AlertRule } from '#domain/alerts/alertRule.ts'
import { alertWords } from '#domain/alerts/alertWords.ts'
import { type AlertDesk, createAlertDesk } from '#monitor/alerts/alertDesk.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import type { Timer } from '#monitor/clock.ts'
import type { EventLog } from '../eventLog.ts'
import type { LogStorage } from '../log/logStorage.ts'
import { openAlertFile } from './alertFile.ts'
import { createStopFile } from './stopFile.ts'

/** Clock times of log lines. */
const ZONE = 'UTC'

type Options = {
  monitor: OrgMonitor
  rules: readonly AlertRule[]
  storage: LogStorage
  timer: Timer
  log: EventLog
  /** Where a load test looks whether it has to stop; null: nowhere. */
  stopPath: string | null
}

export type WatchedAlerts = Pick<AlertDesk, 'shown'> & { stop: () => Promise<void> }

/** Runs an organisation's rules: a line in the log for each that fires and ends, and a file that stops a load test. */
export async function watchAlerts(options: Options): Promise<WatchedAlerts> {
  const { monitor, storage, timer, log, stopPath } = options
  const { store, close } = await openAlertFile(storage, log)
  const wordsOf = (line: Parameters<typeof alertWords>[0]) => {
    const { organisation, metrics } = monitor.facts()
    return alertWords(line, {
      organisation: organisation.name,
      metrics,
      zone: ZONE,
      now: monitor.now(),
      refused: (from, to) => monitor.errors.count('capacity', from, to),
    })
  }
  const stopTest =
    stopPath === null
      ? null
      : createStopFile({
          path: stopPath,
          log,
          reasonOf(alert) {
            const { title, sentence } = wordsOf({ kind: 'fired', alert })
            return `${title}. ${sentence}`
          },
        })
  const desk = createAlertDesk({
    monitor,
    // Who names a file wants to be stopped by it.
    rules: stopTest
      ? options.rules.map((rule) => (rule.isStop ? { ...rule, isOn: true } : rule))
      : options.rules,
    store,
    timer,
    holdsRuns: false,
    tell({ audience, lines }) {
      for (const line of lines) {
        const { title, sentence } = wordsOf(line)
        const { rule, severity } = line.alert
        const event = line.kind === 'fired' ? 'alert_fired' : 'alert_ended'
        log(line.kind === 'fired' ? 'warn' : 'info', event, {
          rule,
          severity,
          audience,
          title,
          sentence,
        })
      }
    },
    ...(stopTest ? { looked: stopTest } : {}),
  })
  return {
    shown: desk.shown,
    async stop() {
      desk.stop()
      await close()
    },
  }
}
