import { type ReactNode, useCallback, useMemo, useState } from 'react'
import { DAY_MS, type SourceId } from '#domain/units.ts'
import type { LiveView } from '#state/link/liveLink.ts'
import { useMonitor } from '#state/MonitorProvider.tsx'
import { useZone } from '#state/preferences.ts'
import { Toast } from '#ui/notes/Toast.tsx'
import { binOf } from '#domain/timeline/binOf.ts'
import { ChartArea } from './ChartArea.tsx'
import { EventsPane } from './EventsPane.tsx'
import { EvidenceDrawer } from './evidence/EvidenceDrawer.tsx'
import { FindingsLine } from './evidence/FindingsLine.tsx'
import { failureNotices } from './evidence/headline.ts'
import { useEvidencePanel } from '#state/useEvidencePanel.ts'
import { useIsBeside } from './evidence/useIsBeside.ts'
import { useLiveEvidence } from './evidence/useLiveEvidence.ts'
import { useShownEvidence } from './evidence/useShownEvidence.ts'
import { FileDrop } from '#ui/controls/FileDrop.tsx'
import { HelpDialog } from './HelpDialog.tsx'
import { FileLine } from './FileLine.tsx'
import { LiveBanners } from './LiveBanners.tsx'
import classes from './LiveScreen.module.css'
import { droppedFile, whyNotFollowed } from '#sources/imports/tail/fileAccess.ts'
import { screenCrosshair } from '#state/crosshair.ts'
import { panelPlan } from '#domain/metrics/panelPlan.ts'
import { runsNow } from './runWords.ts'
import { StatusLine } from './StatusLine.tsx'
import { TableDialog } from './TableDialog.tsx'
import { TILES_SHOWN } from './tileOrder.ts'
import { Tiles } from './Tiles.tsx'
import { ToolRow } from './ToolRow.tsx'
import { usePendingLimits } from '#state/usePendingLimits.ts'
import { useCrosshairLink } from '#state/useCrosshairLink.ts'
import { useFileDesk } from './useFileDesk.ts'
import { useKeptPace } from './useKeptPace.ts'
import { useLiveClock } from './useLiveClock.ts'
import { useLiveData } from './useLiveData.ts'
import { useLiveFacts } from './useLiveFacts.ts'
import { useMarking } from './useMarking.ts'
import { useScreenKeys } from './useScreenKeys.ts'
import { useShownWindow } from './useShownWindow.ts'
import { windowTable } from './windowTable.ts'

type Props = {
  /** What the link asks to show. */
  view: LiveView
  /** The user wants to see something else: becomes the link. */
  onView: (view: LiveView) => void
  /** What in the link was not understood, one sentence each. */
  notices: readonly string[]
  onSignIn: () => void
  /** What else stands between the user and a full picture. */
  banner?: ReactNode
  /** What stands below the events. */
  below?: ReactNode
}

/** Live: connections and sessions against their limits, every error over the same time axis. */
export function LiveScreen({ view, onView, notices, onSignIn, banner, below }: Props) {
  const monitor = useMonitor()
  const ownZone = useZone()
  const zone = view.zone ?? ownZone
  const beat = useLiveClock(monitor)
  const pending = usePendingLimits()
  const shown = useShownWindow({
    monitor,
    view,
    onView,
    now: beat.now,
    isAhead: pending.size > 0,
  })
  const beside = useFileDesk(monitor, shown)
  const facts = useLiveFacts(beside.file, beat.now)
  const laidOut = useMemo(
    () => panelPlan(facts.metrics, view.series, view.queue),
    [facts.metrics, view.series, view.queue],
  )
  const plan = useKeptPace(laidOut, { monitor, shown, isLoading: facts.isLoadingHistory })
  const panel = useEvidencePanel(view.panel === 'evidence', (isOpen) =>
    onView({ ...view, panel: isOpen ? 'evidence' : null }),
  )
  const evidence = useLiveEvidence({
    plan,
    shown,
    limits: facts.limits,
    isDetailed: panel.isOpen,
  })
  const isBeside = useIsBeside() && panel.isOpen
  const forecasts = evidence.kind === 'ready' ? evidence.report.forecasts : undefined
  const data = useLiveData({
    monitor,
    facts,
    shown,
    beat,
    plan,
    zone,
    forecasts,
    chosen: view.errors,
  })
  const { headline, findings, floors } = useShownEvidence({ evidence, data, shown, plan, zone })
  const runs = useMemo(() => runsNow(facts.markers, beat.now), [facts.markers, beat.now])
  const marking = useMarking(monitor, runs, zone)
  const [dialog, setDialog] = useState<'help' | 'table' | null>(null)
  const [areAllShown, setAreAllShown] = useState(false)
  const close = useCallback(() => setDialog(null), [])
  useCrosshairLink(view.at, (at) => onView({ ...view, at }))

  const { window, reveal, isReadingBack } = shown
  const chartFacts = useMemo(
    () => (isReadingBack ? { ...facts, isLoadingHistory: true } : facts),
    [facts, isReadingBack],
  )
  const jumpToEvent = useCallback(
    (direction: 1 | -1) => {
      const from = screenCrosshair.get().at ?? monitor.now()
      const classesShown = view.errors ? new Set(view.errors) : undefined
      const event = monitor.errors.next(from, direction, classesShown)
      if (!event) return
      screenCrosshair.pin(event.at)
      reveal(event.at)
    },
    [monitor, view.errors, reveal],
  )
  const [walked = null] = [...plan.connections, ...plan.sessions]
  useScreenKeys({
    monitor,
    shown,
    evidence: panel,
    walked,
    onEvent: jumpToEvent,
    onMark: marking.mark,
    onTable: () => setDialog('table'),
    onHelp: () => setDialog('help'),
  })
  const toggleAll = () => setAreAllShown(!areAllShown)
  // Beside the evidence the list of the rest leads to all of them.
  const hasMore = data.tiles.length > TILES_SHOWN && (areAllShown || !isBeside)
  const onTryNow = useCallback((source: SourceId) => monitor.tryNow(source), [monitor])
  const tableMetrics = [...plan.connections, ...plan.sessions, ...plan.queue]

  return (
    <FileDrop
      className={classes.screen}
      words={`Drop results (JMeter, k6, Gatling …) or a HAR to lay them over this time axis${whyNotFollowed() ? '.' : '; one that grows is followed.'}`}
      onDrop={(dropped) => {
        void droppedFile(dropped).then((opened) => opened && beside.desk.open(opened))
      }}
    >
      <div className={classes.desk}>
        <h1 className="visually-hidden">Live, {facts.organisation.name}</h1>
        <LiveBanners
          facts={facts}
          zone={zone}
          notices={[
            ...notices,
            ...shown.notices,
            ...data.notices,
            ...failureNotices(evidence, panel.isOpen),
          ]}
          onSignIn={onSignIn}
        />
        {banner}
        <StatusLine
          headline={headline}
          metrics={hasMore ? data.tiles.length : null}
          areAllShown={areAllShown}
          onShowAll={toggleAll}
          onEvidence={panel.isOpen ? null : () => panel.open()}
        />
        {panel.isOpen ? null : <FindingsLine findings={findings} onOpen={panel.open} />}
        <Tiles
          tiles={data.tiles}
          isOpen={areAllShown}
          isNarrow={isBeside}
          onTryNow={onTryNow}
          onShowAll={toggleAll}
          onShow={(metric) => onView({ ...view, series: [metric] })}
        />
        {beside.file ? (
          <FileLine
            file={beside.file}
            desk={beside.desk}
            now={beat.now}
            zone={zone}
            onShow={(from, to) => shown.showAround(from, to, true)}
          />
        ) : null}
        <ToolRow
          window={window}
          zone={zone}
          rollingMs={shown.rollingMs}
          isPaused={shown.isPaused}
          resolution={data.resolution}
          run={runs.words}
          markLabel={marking.label}
          onEndRun={runs.isOn ? marking.end : null}
          onLength={shown.showLast}
          onRange={shown.showRange}
          onMark={marking.mark}
          onPause={shown.togglePause}
          onLive={shown.backToLive}
          onFile={beside.desk.open}
          onTable={() => setDialog('table')}
          onHelp={() => setDialog('help')}
        />
        <ChartArea
          monitor={monitor}
          notices={{
            facts: chartFacts,
            drawn: monitor.drawn,
            window,
            now: beat.now,
            zone,
            onTryNow,
          }}
          plan={plan}
          queue={view.queue}
          onQueue={(queue) => onView({ ...view, queue })}
          pending={pending}
          runs={runs}
          frame={shown.frame}
          isPaused={shown.isPaused}
          counts={data.counts}
          refused={data.refused}
          stretches={data.stretches}
          stepMs={data.stepMs}
          stepWords={data.stepWords}
          floors={floors}
          onEvent={jumpToEvent}
          onReset={shown.backToLive}
        />
        <EventsPane
          events={data.events}
          counts={data.counts}
          chosen={view.errors}
          onChoose={(errors) => onView({ ...view, errors })}
          judged={walked}
          usedThen={data.usedThen}
          withinMs={binOf(walked, window.to - window.from)}
          hasDays={window.to - window.from > DAY_MS}
          zone={zone}
        />
        {below}
      </div>
      {panel.isOpen ? <EvidenceDrawer evidence={evidence} zone={zone} panel={panel} /> : null}
      <HelpDialog isOpen={dialog === 'help'} onClose={close} />
      <TableDialog
        isOpen={dialog === 'table'}
        onClose={close}
        table={() =>
          windowTable(
            monitor.drawn,
            monitor.errors,
            tableMetrics,
            facts.limits,
            window.from,
            window.to,
          )
        }
        metrics={tableMetrics}
        from={window.from}
        to={window.to}
        zone={zone}
      />
      {marking.toast ? <Toast key={marking.toast.text} {...marking.toast} /> : null}
    </FileDrop>
  )
}
