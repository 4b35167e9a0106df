import { type ReactNode, useEffect, useMemo, useSyncExternalStore } from 'react'
import type { Organisation } from '#domain/organisation.ts'
import type { RaiseDesk } from '#monitor/limits/raiseDesk.ts'
import type { RaiseView } from '#state/link/raiseLink.ts'
import { useZone } from '#state/preferences.ts'
import { Banner } from '#ui/notes/Banner.tsx'
import { OnPaper } from '#ui/print/OnPaper.tsx'
import { CertificateSheet } from './CertificateSheet.tsx'
import { RaiseBar } from './RaiseBar.tsx'
import classes from './RaiseScreen.module.css'
import { RaiseStandIn } from './RaiseStandIn.tsx'

type Props = {
  desk: RaiseDesk
  organisation: Organisation
  view: RaiseView
  onView: (view: RaiseView) => void
  /** What of the link was not understood. */
  notices: readonly string[]
  /** What the history lacks. */
  banner?: ReactNode
}

/** Before and after a change of a limit: whether it did what it was for, and whether queues suffered. */
export function RaiseScreen({ desk, organisation, view, onView, notices, banner }: Props) {
  const ownZone = useZone()
  const zone = view.zone ?? ownZone
  const state = useSyncExternalStore(desk.subscribe, desk.state)
  useEffect(() => {
    const { metric, at, windows } = view
    desk.show({ metric, at, before: windows?.before ?? null, after: windows?.after ?? null })
  }, [desk, view])
  const shown = state.view
  const ready = shown.kind === 'ready' ? shown : null
  const written = useMemo(() => {
    if (!ready) return null
    const { certificate, choice, problems, change } = ready
    const title = state.metrics.find(({ id }) => id === change.metric)?.title ?? change.metric
    return { certificate, choice, problems, title, organisation, zone }
  }, [ready, state.metrics, organisation, zone])
  const change = 'change' in shown ? shown.change : null
  return (
    <main className={classes.screen}>
      {notices.map((notice) => (
        <Banner key={notice} state="warn">
          {notice}
        </Banner>
      ))}
      {banner}
      {state.changes && state.changes.length > 0 ? (
        <RaiseBar
          changes={state.changes}
          metrics={state.metrics}
          change={change}
          shown={ready}
          written={written}
          zone={zone}
          onChange={({ metric, latest }) => onView({ ...view, metric, at: latest, windows: null })}
          onWindows={(windows) =>
            onView({
              ...view,
              ...(change ? { metric: change.metric, at: change.latest } : {}),
              windows,
            })
          }
        />
      ) : null}
      {/* Reached by Tab, so that arrow keys scroll it. */}
      <section className={classes.content} aria-label="Certificate" tabIndex={0}>
        {written ? (
          <CertificateSheet written={written} />
        ) : shown.kind === 'ready' ? null : (
          <RaiseStandIn
            view={shown}
            zone={zone}
            onAgain={desk.readAgain}
            onNewest={() => onView({ ...view, metric: null, at: null, windows: null })}
          />
        )}
      </section>
      {written ? (
        <OnPaper>
          <CertificateSheet written={written} isPaper />
        </OnPaper>
      ) : null}
    </main>
  )
}
