import { type ReactNode, useCallback, useRef, useState } from 'react'
import { formatCount, formatDuration } from '#domain/format.ts'
import type { LimitKey } from '#domain/limits/limitKey.ts'
import type { LimitRow } from '#domain/limits/limitRows.ts'
import type { LimitSettings, ManualLimit } from '#domain/limits/limitSettings.ts'
import type { RegistryBook } from '#domain/limits/registryBook.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { type EpochMs, elapsed, epochMs, type MetricId } from '#domain/units.ts'
import type { Rejudging } from '#monitor/limits/rejudging.ts'
import type { History } from '#sources/history/history.ts'
import { chooseAuthor, useAuthor, useZone } from '#state/preferences.ts'
import type { LimitPanel, LimitsView } from '#state/link/limitsLink.ts'
import { usePageKeys } from '#state/usePageKeys.ts'
import { LinkButton } from '#ui/controls/LinkButton.tsx'
import { SegmentedChoice } from '#ui/controls/SegmentedChoice.tsx'
import { Banner } from '#ui/notes/Banner.tsx'
import { Note } from '#ui/notes/Note.tsx'
import { Toast } from '#ui/notes/Toast.tsx'
import { FilterBar } from './FilterBar.tsx'
import { JournalPane } from './JournalPane.tsx'
import { LimitDetails } from './LimitDetails.tsx'
import { limitGroups } from './limitGroups.ts'
import classes from './LimitsScreen.module.css'
import { LimitTable } from './LimitTable.tsx'
import { registryState } from './registryState.ts'
import { TypeLimitDialog } from './TypeLimitDialog.tsx'
import { useLimitTable } from './useLimitTable.ts'
import { usePeaks } from './usePeaks.ts'

type Props = {
  view: LimitsView
  onView: (view: LimitsView) => void
  notices: readonly string[]
  history: Pick<History, 'readSummaries' | 'flushed'>
  /** Judges anew what limits that were learnt late have moved. */
  rejudging: Rejudging
  /** People say something else of limits: kept with the settings. */
  onSettings: (settings: LimitSettings) => void
  /** What a change of a limit did is asked for. */
  onRaise: (metric: MetricId, at: EpochMs) => void
  /** What stands beside the table where it is not the journal. */
  panels: Readonly<Record<Exclude<LimitPanel, 'journal'>, ReactNode>>
  /** What the history lacks. */
  banner?: ReactNode
}

const PANELS: readonly { value: LimitPanel; label: string }[] = [
  { value: 'journal', label: 'Journal' },
  { value: 'audit', label: 'Audit' },
  { value: 'compare', label: 'Compare' },
  { value: 'whatIf', label: 'What if' },
]

type Said = { text: string; undo: () => void }

/** Every limit of an organisation: in force, in use, asked for, and how it came to be. */
export function LimitsScreen(props: Props) {
  const { view, onView, notices, history, rejudging, onSettings, onRaise, panels } = props
  const { facts, now, rows, journal, filters } = useLimitTable()
  const zone = useZone()
  const author = useAuthor()
  const peaks = usePeaks(history, now)
  const search = useRef<HTMLInputElement>(null)
  const [typing, setTyping] = useState<{ metric: MetricId | null } | null>(null)
  const [said, setSaid] = useState<Said | null>(null)
  const { registry: book, limitSettings: settings, metrics, organisation, sources } = facts
  const groups = limitGroups(rows, filters, view)
  const listed = groups.reduce((sum, group) => sum + group.rows.length, 0)
  const limited = metrics.filter(isTypeable)
  const opened = rows.find(({ id }) => id === view.limit) ?? null
  const state = registryState(book, sources)

  usePageKeys({ '/': () => search.current?.focus() })

  /** Says something of limits, and offers the way back. */
  function say(next: LimitSettings, text: string) {
    const before = settings
    onSettings(next)
    setSaid({ text, undo: () => onSettings(before) })
  }
  function type(limit: ManualLimit) {
    chooseAuthor(limit.author)
    setTyping(null)
    say(withManual(settings, limit), `Limit ${formatCount(limit.value)} set.`)
  }
  const open = useCallback((row: LimitRow) => onView({ ...view, limit: row.id }), [onView, view])
  const gone = useCallback(() => setSaid(null), [])

  return (
    <main className={classes.screen}>
      <h1 className="visually-hidden">Limits, {organisation.name}</h1>
      <FilterBar
        rows={rows}
        filters={filters}
        listed={listed}
        view={view}
        onView={onView}
        onType={() => setTyping({ metric: null })}
        search={search}
      />
      {[...notices, ...state.problems].map((sentence) => (
        <Banner key={sentence} state="off">
          {sentence}
        </Banner>
      ))}
      {props.banner}
      <div className={classes.halves}>
        <div className={classes.table}>
          {listed > 0 ? (
            <LimitTable
              groups={groups}
              peaks={peaks}
              zone={zone}
              opened={view.limit}
              onOpen={open}
            />
          ) : (
            <Nothing view={view} isRead={state.readAt !== null} onView={onView} />
          )}
          <Foot rows={rows} listed={listed} state={state} now={now} view={view} onView={onView} />
        </div>
        <aside className={classes.beside} aria-label="Beside the limits">
          <SegmentedChoice
            label="Beside the limits"
            options={PANELS}
            value={view.panel}
            onChange={(panel) => onView({ ...view, panel })}
          />
          <div className={classes.panel}>
            {view.panel === 'journal' ? (
              <JournalPane
                journal={journal}
                metrics={metrics}
                zone={zone}
                since={knownSince(book)}
                rejudging={rejudging}
                onRaise={onRaise}
              />
            ) : (
              panels[view.panel]
            )}
          </div>
        </aside>
      </div>
      {opened && !typing ? (
        <LimitDetails
          row={opened}
          metrics={limited}
          book={book}
          settings={settings}
          zone={zone}
          onAssign={({ key }, metric) =>
            key && say(withKey(settings, key, metric), 'The key was assigned.')
          }
          onType={(metric) => setTyping({ metric })}
          onEnd={({ manual }) =>
            manual && say(withoutManual(settings, manual, now), 'The typed limit was taken back.')
          }
          onGone={() => onView({ ...view, limit: null })}
        />
      ) : null}
      {typing ? (
        <TypeLimitDialog
          metrics={limited}
          metric={typing.metric}
          author={author}
          now={now}
          zone={zone}
          onType={type}
          onGone={() => setTyping(null)}
        />
      ) : null}
      {said ? <Toast key={said.text} text={said.text} undo={said.undo} onGone={gone} /> : null}
    </main>
  )
}

/** A level that a limit could apply to. */
const isTypeable = ({ kind, group, intervalMs }: Metric) =>
  kind === 'gauge' && group !== 'queue' && intervalMs !== null

/** A newer typed limit of a metric ends the one before it. */
function withManual(settings: LimitSettings, limit: ManualLimit): LimitSettings {
  const { manualLimits } = settings
  const ended = manualLimits.flatMap((known) => {
    if (known.metric !== limit.metric || (known.until !== null && known.until <= limit.from))
      return [known]
    return known.from < limit.from ? [{ ...known, until: limit.from }] : []
  })
  return { ...settings, manualLimits: [...ended, limit] }
}

const withoutManual = (
  settings: LimitSettings,
  limit: ManualLimit,
  now: EpochMs,
): LimitSettings => ({
  ...settings,
  manualLimits: settings.manualLimits.map((known) =>
    known === limit ? { ...known, until: epochMs(Math.max(now, known.from)) } : known,
  ),
})

/** A key limits one metric at most. */
function withKey(settings: LimitSettings, key: LimitKey, metric: MetricId | null): LimitSettings {
  const others = Object.entries(settings.limitKeys).filter(
    ([id, known]) => id !== metric && !(known.namespace === key.namespace && known.key === key.key),
  )
  return {
    ...settings,
    limitKeys: Object.fromEntries([...others, ...(metric ? [[metric, key] as const] : [])]),
  }
}

/** Since when anything of the registry is known. */
function knownSince({ namespaces }: RegistryBook): EpochMs | null {
  const seen = namespaces.flatMap(({ keys }) =>
    keys.flatMap(({ effective }) => effective[0]?.firstSeenAt ?? []),
  )
  return seen.length === 0 ? null : epochMs(Math.min(...seen))
}

type NothingProps = { view: LimitsView; isRead: boolean; onView: (view: LimitsView) => void }

function Nothing({ view, isRead, onView }: NothingProps) {
  if (!isRead && view.find === '')
    return (
      <Note title="The registry of limits is being read.">The first namespaces come soon.</Note>
    )
  return (
    <Note
      title={view.find === '' ? 'No limit is listed here.' : `Nothing matches “${view.find}”.`}
      action={{
        label: 'Show all limits',
        onAction: () => onView({ ...view, filter: 'all', find: '' }),
      }}
    >
      {view.find === '' ? 'None is of this kind.' : 'Keys, titles and descriptions were searched.'}
    </Note>
  )
}

type FootProps = {
  rows: readonly LimitRow[]
  listed: number
  state: ReturnType<typeof registryState>
  now: EpochMs
  view: LimitsView
  onView: (view: LimitsView) => void
}

function Foot({ rows, listed, state, now, view, onView }: FootProps) {
  const hidden = rows.length - listed
  return (
    <p className={classes.foot}>
      {hidden > 0 ? (
        <>
          {formatCount(hidden)} more limits are not listed.{' '}
          <LinkButton onClick={() => onView({ ...view, filter: 'all', find: '' })}>
            {`Show all ${formatCount(rows.length)}`}
          </LinkButton>
        </>
      ) : null}
      <span className={classes.read}>
        {state.readAt === null
          ? state.progress
          : `Registry read ${formatDuration(Math.max(0, elapsed(state.readAt, now)))} ago`}
      </span>
    </p>
  )
}
