import {
  type ReactNode,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import type { PartId } from '#domain/evidence/parts/evidencePart.ts'
import type { Span } from '#domain/incident/incident.ts'
import type { Organisation } from '#domain/organisation.ts'
import { tierWords } from '#domain/timeline/tierWords.ts'
import { type EpochMs, epochMs, HOUR_MS, later, type OrgId } from '#domain/units.ts'
import type { HistoryStrip as Strip } from '#monitor/review/historyStrip.ts'
import type { ReviewDesk } from '#monitor/review/reviewDesk.ts'
import type { ReviewState } from '#monitor/review/reviewState.ts'
import { screenCrosshair, usePinnedAt } from '#state/crosshair.ts'
import type { ReviewView } from '#state/link/reviewLink.ts'
import { useZone } from '#state/preferences.ts'
import { useCrosshairLink } from '#state/useCrosshairLink.ts'
import { useEvidencePanel } from '#state/useEvidencePanel.ts'
import { usePageKeys } from '#state/usePageKeys.ts'
import { FileDrop } from '#ui/controls/FileDrop.tsx'
import { EvidencePane } from '#ui/evidence/EvidencePane.tsx'
import { SummariesOnly } from '#ui/evidence/SummariesOnly.tsx'
import { Note } from '#ui/notes/Note.tsx'
import { Toast } from '#ui/notes/Toast.tsx'
import { ClockPanel } from './ClockPanel.tsx'
import { ColumnsDialog } from './ColumnsDialog.tsx'
import { CompareWindows } from './CompareWindows.tsx'
import { EmptyReview } from './EmptyReview.tsx'
import { FileBar } from './FileBar.tsx'
import { FindingTables } from './FindingTables.tsx'
import { HistoryStrip } from './HistoryStrip.tsx'
import { PrintedReport } from './PrintedReport.tsx'
import { ReviewBanners } from './ReviewBanners.tsx'
import { ReviewCharts } from './ReviewCharts.tsx'
import { ReviewErrors } from './ReviewErrors.tsx'
import { ReviewKeys } from './ReviewKeys.tsx'
import classes from './ReviewScreen.module.css'
import { reviewPlan } from './reviewPlan.ts'
import { ReviewSide, type Undoable } from './ReviewSide.tsx'
import { Timeline } from './Timeline.tsx'

type Props = {
  desk: ReviewDesk
  view: ReviewView
  onView: (view: ReviewView) => void
  /** What in the link was not understood, one sentence each. */
  notices: readonly string[]
  /** Whose history is reviewed; null: files or a bundle alone. */
  organisation: Organisation | null
  /** Those whose history can be chosen. */
  organisations: readonly Organisation[]
  /** The days of that history; absent without an organisation. */
  strip?: Strip | null
  now: () => EpochMs
  /** The built code that goes into a bundle. */
  viewerCode: () => Promise<string>
  /** What the history lacks. */
  banner?: ReactNode
}

/** Review: an incident from history and files, with its verdict, its timeline, and the way out of the house. */
export function ReviewScreen(props: Props) {
  const { desk, view, onView, organisation, now } = props
  const state = useSyncExternalStore(desk.subscribe, desk.state)
  const { draft, incident, stores, findings: findingsView, clocks, summarised, unjudged } = state
  const ownZone = useZone()
  // A bundle is read on the clock it was written on: it shows the same to everybody.
  const zone = view.zone ?? (draft.base.kind === 'bundle' ? draft.zone : ownZone)
  const pinnedAt = usePinnedAt()
  const [zoomed, setZoomed] = useState<Span | null>(null)
  const [undo, setUndo] = useState<Undoable | null>(null)
  const [choosing, setChoosing] = useState<string | null>(null)
  const noteField = useRef<HTMLTextAreaElement>(null)
  const latest = useRef({ view, onView })
  useEffect(() => {
    latest.current = { view, onView }
  })
  const panel = useEvidencePanel(view.panel === 'evidence', (isOpen) =>
    onView({ ...view, panel: isOpen ? 'evidence' : null }),
  )
  useCrosshairLink(view.at, (at) => onView({ ...view, at }))
  useEffect(() => desk.setZone(zone), [desk, zone])
  const { comparison } = view
  const isUnchosen = organisation !== null && view.window === null && !state.isLoading
  useEffect(() => {
    if (!isUnchosen) return
    const end = now()
    const window = desk.state().draft.span ?? { from: later(end, -1 * HOUR_MS), to: end }
    latest.current.onView({ ...latest.current.view, window })
  }, [isUnchosen, desk, now])
  useEffect(() => {
    // A link without a comparison leaves the one that is kept.
    if (comparison) desk.compare(comparison)
  }, [desk, comparison])

  const { replaced, bundle } = state
  /** The notice of a bundle that has been read, or taken back. */
  const [seen, setSeen] = useState<typeof replaced>(null)
  const news = replaced === seen ? null : replaced
  const toast =
    undo ?? (news && { text: `${news.by} took the place of what was here.`, undo: news.undo })
  const bundleName = bundle?.name
  useEffect(() => {
    // Its window and its comparison are its own: those of the link were of something else.
    if (bundleName !== undefined)
      latest.current.onView({ ...latest.current.view, window: null, comparison: null })
  }, [bundleName])

  const plan = useMemo(
    () => (incident ? reviewPlan(incident, view.series, summarised?.metrics) : null),
    [incident, view.series, summarised],
  )
  const ready = findingsView.kind === 'ready' ? findingsView.findings : null
  const findings =
    findingsView.kind === 'ready'
      ? findingsView.findings
      : findingsView.kind === 'computing'
        ? findingsView.last
        : null
  const select = useCallback((at: EpochMs) => screenCrosshair.pin(at), [])
  const openEvidence = useCallback((part?: PartId) => panel.open(part), [panel])
  const [areKeysShown, setAreKeysShown] = useState(false)
  usePageKeys({
    e: panel.toggle,
    a: () => noteField.current?.focus(),
    '?': () => setAreKeysShown(true),
    // What was done last is undone first: a pinned crosshair is released before the evidence closes.
    Escape: () =>
      panel.isOpen && !screenCrosshair.get().isPinned ? panel.close() : screenCrosshair.release(),
  })
  const showWindow = (window: Span) => {
    setZoomed(null)
    if (view.org === null) desk.showSpan(window)
    onView({ ...view, window })
  }
  const compare = (next: ReviewView['comparison']) => {
    desk.compare(next)
    onView({ ...view, comparison: next })
  }
  const dismiss = useCallback(() => {
    setUndo(null)
    setSeen(replaced)
  }, [replaced])
  const clear = () => setUndo({ text: 'Review cleared.', undo: desk.clear() })
  const newAt = pinnedAt ?? incident?.from ?? epochMs(0)

  return (
    <FileDrop
      className={classes.screen}
      words="Drop results (JMeter, k6, Gatling …), a HAR, a table or a Tidemark bundle to lay them over this time axis."
      onDrop={(dropped) => desk.openFiles([...dropped.files])}
    >
      <h1 className="visually-hidden">Review{organisation ? `, ${organisation.name}` : ''}</h1>
      <FileBar
        title={draft.title}
        ownTitle={incident?.title ?? ''}
        window={incident}
        zone={zone}
        coverage={unjudged ? null : (findings?.report.verdict.coverage ?? null)}
        tier={tierOf(state, zone)}
        hasHistory={view.org !== null}
        zoomed={zoomed}
        onTitle={desk.setTitle}
        onWindow={showWindow}
        onLast={(lengthMs) => showWindow({ from: epochMs(now() - lengthMs), to: now() })}
        onFiles={desk.openFiles}
        onClear={clear}
      />
      {props.strip && draft.base.kind !== 'bundle' ? (
        <HistoryStrip
          strip={props.strip}
          window={view.window}
          zone={zone}
          now={now}
          isReady={draft.base.kind === 'history' || state.problems.length > 0}
          onWindow={showWindow}
        />
      ) : null}
      <ReviewBanners state={state} desk={desk} zone={zone} notices={props.notices} />
      {draft.base.kind === 'bundle' ? null : props.banner}
      {incident && stores && plan ? (
        <div className={classes.columns} data-panel={panel.isOpen}>
          <div className={classes.left}>
            <Timeline
              lines={findings?.timeline ?? []}
              isComputing={findings === null && findingsView.kind === 'computing'}
              zone={zone}
              at={pinnedAt}
              newAt={newAt}
              onSelect={select}
              onEvidence={openEvidence}
              onAdd={(text) => desk.addNote({ at: newAt, text, author: '', place: 'timeline' })}
            />
          </div>
          <div className={classes.centre}>
            <ClockPanel files={draft.files} clocks={clocks} onMove={desk.moveClock} />
            <ReviewCharts
              incident={incident}
              stores={stores}
              plan={plan}
              beyond={findings?.beyond ?? null}
              zone={zone}
              classes={view.errors}
              chosen={view.series?.[0] ?? null}
              onSeries={(metric) => onView({ ...view, series: metric === null ? null : [metric] })}
              onZoom={setZoomed}
            />
            <CompareWindows
              incident={incident}
              compared={ready?.compared ?? null}
              zoomed={zoomed}
              onCompare={compare}
            />
            <ReviewErrors
              incident={incident}
              stores={stores}
              zone={zone}
              chosen={view.errors}
              onChoose={(errors) => onView({ ...view, errors })}
            />
            {findings ? (
              <FindingTables incident={incident} findings={findings} onSelect={select} />
            ) : null}
          </div>
          {panel.isOpen ? (
            <EvidencePane
              report={unjudged ? null : (findings?.report ?? null)}
              isComputing={findingsView.kind === 'computing'}
              standIn={
                unjudged ? <SummariesOnly tier={unjudged} /> : <NoEvidence view={findingsView} />
              }
              zone={zone}
              wanted={panel.wanted}
              onClose={panel.close}
            />
          ) : (
            <ReviewSide
              desk={desk}
              state={state}
              incident={incident}
              zone={zone}
              newAt={newAt}
              noteField={noteField}
              viewerCode={props.viewerCode}
              onSelect={select}
              onEvidence={openEvidence}
              onWindow={showWindow}
              onColumns={setChoosing}
              onUndoable={setUndo}
            />
          )}
        </div>
      ) : (
        <EmptyReview
          isLoading={state.isLoading || state.isReadingHistory}
          organisation={organisation}
          organisations={props.organisations}
          window={view.window}
          onOrganisation={(org: OrgId) => onView({ ...view, org, window: null })}
          onLast={(lengthMs) => showWindow({ from: epochMs(now() - lengthMs), to: now() })}
          onFiles={desk.openFiles}
        />
      )}
      {incident && ready ? <PrintedReport incident={incident} findings={ready} /> : null}
      {choosing ? (
        <ColumnsDialog
          key={choosing}
          desk={desk}
          id={choosing}
          chosen={draft.files.find(({ source }) => source.id === choosing)?.readBy?.columns ?? null}
          onClose={() => setChoosing(null)}
        />
      ) : null}
      <ReviewKeys isOpen={areKeysShown} onClose={() => setAreKeysShown(false)} />
      {toast ? <Toast key={toast.text} {...toast} onGone={dismiss} /> : null}
    </FileDrop>
  )
}

/** In which tier the history is shown, in words; null where there is none. */
function tierOf({ draft, incident, stores }: ReviewState, zone: string): string | null {
  if (draft.base.kind !== 'history') return null
  const tier = incident && stores ? stores.drawn.tier(incident.from, incident.to) : null
  return tier && incident ? tierWords(tier, incident.to, zone) : draft.base.source.kind
}

function NoEvidence({ view }: { view: ReviewState['findings'] }) {
  if (view.kind === 'failed')
    return <Note title="The evidence could not be worked out">Reason: {view.message}.</Note>
  return <Note title="No evidence yet">It is being worked out; that takes a few seconds.</Note>
}
