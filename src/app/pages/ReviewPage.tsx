import { useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { ReviewScreen } from '#features/review/ReviewScreen.tsx'
import { type EpochMs, epochMs } from '#domain/units.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import { createPacing } from '#monitor/pacing.ts'
import { createPageTimer } from '#monitor/pageTimer.ts'
import type { LiveSide } from '#monitor/review/historyBase.ts'
import { createHistoryStrip } from '#monitor/review/historyStrip.ts'
import { createReviewDesk, type ReviewDesk } from '#monitor/review/reviewDesk.ts'
import { createReviewWorker } from '#monitor/review/reviewWorker.ts'
import { thresholdsAt } from '#sources/config/thresholdsAt.ts'
import { indexedDbDrafts } from '#sources/drafts/draftStore.ts'
import { importFile } from '#sources/imports/importFile.ts'
import { type ReviewView, reviewSearchOf, reviewViewOf } from '#state/link/reviewLink.ts'
import { useZone } from '#state/preferences.ts'
import { takeAlong, takeFiles } from '../filesInHand.ts'
import { PastNotice } from '../past/PastNotice.tsx'
import { reviewRoute } from '../router.tsx'
import { MissingOrganisation, WaitingScreen } from '../standIns.tsx'
import { useAppContext } from '../useAppContext.ts'
import { useWorkspaceState } from '../useWorkspaceState.ts'
import type { Workspace } from '../workspace.ts'

/** Where reviews of files alone are kept. */
const FILES = 'files'
const now = () => epochMs(Date.now())
const timer = createPageTimer()
const pacing = createPacing({ now }, timer)

/** Review, with the desk that its address names. */
export function ReviewPage() {
  const { workspace } = useAppContext()
  const { organisations, opened } = useWorkspaceState(workspace)
  const search = reviewRoute.useSearch()
  const { view, notices } = useMemo(() => reviewViewOf(search), [search])
  const navigate = useNavigate()
  const show = useCallback(
    (next: ReviewView) =>
      void navigate({
        to: '/review',
        search: reviewSearchOf(next),
        replace: next.org === view.org,
      }),
    [navigate, view.org],
  )
  const current = view.org === null ? null : (opened.get(view.org) ?? null)
  if (view.org !== null && !current) return <MissingOrganisation id={view.org} />
  return (
    <DeskPage
      key={view.org ?? FILES}
      view={view}
      notices={notices}
      current={current}
      organisations={organisations.map(({ organisation }) => organisation)}
      onView={show}
    />
  )
}

type DeskProps = Pick<
  Parameters<typeof ReviewScreen>[0],
  'view' | 'notices' | 'organisations' | 'onView'
> & {
  current: {
    organisation: Parameters<typeof ReviewScreen>[0]['organisation']
    monitor: OrgMonitor
  } | null
}

function DeskPage({ view, current, ...screen }: DeskProps) {
  const { workspace } = useAppContext()
  const zone = useZone()
  const { org, window } = view
  const navigate = useNavigate()
  const reviewAlone = useCallback(
    (bundle: File) => {
      takeAlong([bundle])
      void navigate({ to: '/review', search: {} })
    },
    [navigate],
  )
  const [desk, setDesk] = useState<ReviewDesk | null>(null)
  const firstZone = useRef(view.zone ?? zone)
  const clock = current?.monitor.now ?? now
  const [strip] = useState(() =>
    org === null
      ? null
      : createHistoryStrip({ history: workspace.history, org, now: clock, timer, pacing }),
  )
  useEffect(() => {
    const made = createReviewDesk({
      key: org ?? FILES,
      zone: firstZone.current,
      drafts: indexedDbDrafts,
      history: workspace.history,
      worker: createReviewWorker(),
      readFile: importFile,
      random: Math.random,
      now,
      pacing,
      ...(org === null ? {} : { onBundle: reviewAlone }),
    })
    setDesk(made)
    made.openFiles(takeFiles())
    return made.close
  }, [org, workspace, reviewAlone])
  const monitor = current?.monitor ?? null
  const organisation = current?.organisation ?? null
  const [from, to] = [window?.from ?? null, window?.to ?? null]
  const read = useCallback(() => {
    if (!desk || from === null || to === null) return
    if (organisation && monitor)
      void desk.showHistory(organisation, { from, to }, liveSide(workspace, monitor, from, to))
    else desk.showSpan({ from, to })
  }, [desk, organisation, workspace, monitor, from, to])
  useEffect(read, [read])
  if (!desk) return <WaitingScreen />
  return (
    <ReviewScreen
      {...screen}
      desk={desk}
      view={view}
      organisation={organisation}
      strip={strip}
      now={clock}
      viewerCode={viewerCode}
      banner={
        org === null ? null : (
          <PastNotice
            past={workspace.past}
            org={org}
            windowAt={() => window}
            clock={clock}
            zone={view.zone ?? zone}
            onAgain={() => {
              read()
              strip?.readAgain()
            }}
          />
        )
      }
    />
  )
}

/** What the monitor knows of a window that is in no history. */
function liveSide(workspace: Workspace, monitor: OrgMonitor, from: EpochMs, to: EpochMs): LiveSide {
  const { organisation, footprint, clock, limitSettings } = monitor.facts()
  const known = workspace.state().organisations.find(({ config }) => config.id === organisation.id)
  return {
    thresholdsAt: (metric, at) => (known ? thresholdsAt(known.config, metric, at) : null),
    limitSettings,
    own: footprint.channels,
    clockErrorMs: clock.kind === 'checked' ? clock.errorMs : null,
    clients: monitor.clients.between(from, to),
  }
}

/** The code that checks a bundle where it is opened: built beside the app. */
async function viewerCode(): Promise<string> {
  const reply = await fetch('/bundle-viewer.js')
  if (!reply.ok) throw new Error(`/bundle-viewer.js answered ${reply.status}`)
  return reply.text()
}
