import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { formatClock, formatCount, THIN_SPACE } from '#domain/format.ts'
import type { OrgId } from '#domain/units.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import { MonitorProvider } from '#state/MonitorProvider.tsx'
import { useZone } from '#state/preferences.ts'
import { useOrgFacts } from '#state/useOrgFacts.ts'
import { ConfirmDialog } from './ConfirmDialog.tsx'
import type { SettingsOrganisation } from './settingsActions.ts'
import classes from './table.module.css'

type Props = {
  organisations: readonly SettingsOrganisation[]
  onClear: (id: OrgId) => Promise<void>
}

/** How much this browser keeps, whether it still can, and a way to clear it. */
export function Storage({ organisations, onClear }: Props) {
  const [asked, setAsked] = useState<SettingsOrganisation | null>(null)
  const [clearedCount, setClearedCount] = useState(0)
  const usage = useStorageUsage(clearedCount)
  const monitor = organisations.find((known) => known.monitor)?.monitor
  return (
    <>
      <p className={classes.words}>
        Every sample is kept for 14 days, then what each minute came to for 13 months. {usage}
        {monitor ? (
          <MonitorProvider monitor={monitor as OrgMonitor}>
            <Health />
          </MonitorProvider>
        ) : null}
      </p>
      {organisations.length > 0 ? (
        <table className={classes.table}>
          <tbody>
            {organisations.map((known) => (
              <tr key={known.config.id}>
                <td className={classes.name}>{known.organisation.name}</td>
                <td>
                  <div className={classes.acts}>
                    <Button
                      size="xs"
                      aria-label={`Clear the history of ${known.organisation.name}`}
                      onClick={() => setAsked(known)}
                    >
                      Clear history
                    </Button>
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {asked ? (
        <ConfirmDialog
          title={`Clear the history of ${asked.organisation.name}?`}
          act="Clear history"
          onAct={() => {
            setAsked(null)
            void onClear(asked.config.id).then(() => setClearedCount(clearedCount + 1))
          }}
          onGone={() => setAsked(null)}
        >
          Samples, errors and markers kept in this browser are deleted. What is on screen stays
          until the page is loaded again.
        </ConfirmDialog>
      ) : null}
    </>
  )
}

function Health() {
  const { history } = useOrgFacts()
  const zone = useZone()
  if (history.kind === 'stored') return null
  return (
    <b>
      {' '}
      Since {formatClock(history.since, zone)} in memory only: {history.reason}.
    </b>
  )
}

/** What the browser says about its storage; read again when `revision` changes. */
function useStorageUsage(revision: number): string {
  const [words, setWords] = useState('')
  useEffect(() => {
    let isGone = false
    // Absent where the page is not trusted: then nothing can be said.
    navigator.storage?.estimate().then(
      ({ usage = 0, quota = 0 }) => {
        if (!isGone) setWords(`${sizeText(usage)} of ${sizeText(quota)} are in use.`)
      },
      () => {
        if (!isGone) setWords('The browser does not say how much is in use.')
      },
    )
    return () => {
      isGone = true
    }
  }, [revision])
  return words
}

/** An amount of storage in its usual unit, with one decimal where that still says something: `10.7 GB`. */
function sizeText(sizeBytes: number): string {
  const isLarge = sizeBytes >= 1_000_000_000
  const amount = sizeBytes / (isLarge ? 1_000_000_000 : 1_000_000)
  const digits = amount < 100 ? amount.toFixed(1) : formatCount(Math.round(amount))
  return `${digits}${THIN_SPACE}${isLarge ? 'GB' : 'MB'}`
}
