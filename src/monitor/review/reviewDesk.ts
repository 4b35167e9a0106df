import {
  type BundleBase,
  type Draft,
  type DraftFile,
  EMPTY_DRAFT,
  incidentOf,
} from '#domain/incident/draft.ts'
import {
  clockMoved,
  fileRemoved,
  limitTyped,
  noteAdded,
  noteRemoved,
  noteReworded,
  withSameData,
} from '#domain/incident/draftEdits.ts'
import type { IncidentNote, SourceClock, Span } from '#domain/incident/incident.ts'
import type { Organisation } from '#domain/organisation.ts'
import { durationMs, type MetricId } from '#domain/units.ts'
import type { DraftStore } from '#sources/drafts/draftStore.ts'
import { reportText } from '#sources/exports/bundle/reportText.ts'
import type { Bundle } from '#sources/imports/bundle/readBundle.ts'
import type { importFile } from '#sources/imports/importFile.ts'
import type { SampleEnd } from '#sources/imports/jtl/sampleStamps.ts'
import { clockQuestions, haveSameTimes } from './clockQuestions.ts'
import { createClockViews } from './clockViews.ts'
import { broughtBack } from './broughtBack.ts'
import { bundleDraft, isOnDesk, openedBundle } from './bundleDraft.ts'
import { createDraftKeeper } from './draftKeeper.ts'
import { fileSource } from './fileSource.ts'
import { createFindingsRun } from './findingsRun.ts'
import { type HistoryReader, historyBase, type LiveSide } from './historyBase.ts'
import { createIncidentStores } from './incidentStores.ts'
import { createFileReadings, type ReadDone } from './fileReadings.ts'
import { messageOf } from '../messageOf.ts'
import type { ReviewState } from './reviewState.ts'
import type { ReviewWorker } from './reviewWorker.ts'
import type { SummarisedWindow } from './summarisedWindow.ts'
import { unjudgedTier } from './unjudgedTier.ts'

type Options = HistoryReader & {
  /** What this review is kept under: an organisation's id, or `files`. */
  key: string
  zone: string
  drafts: DraftStore
  worker: ReviewWorker
  readFile: typeof importFile
  /** A bundle is no part of an organisation's history: it is reviewed elsewhere. Absent where this is the place. */
  onBundle?: (file: File) => void
  random: () => number
}

export type ReviewDesk = ReturnType<typeof createReviewDesk>

const NOT_MOVED: SourceClock = {
  movedMs: durationMs(0),
  plusMinusMs: null,
  how: 'asItIs',
  drift: null,
}
const NOT_KEPT = 'This review is not kept when the page is left'
const NOT_READ = 'The history cannot be read'

/**
 * One review, outside React: what is laid on it, what follows from that, and where it is kept. Every
 * change gives a new draft; its incident follows at once, its verdict when the worker has answered.
 */
export function createReviewDesk(options: Options) {
  const { key, drafts, history, worker, readFile } = options
  const listeners = new Set<() => void>()
  /**
   * What of a base is known in steps. Beside the draft: steps are neither kept nor handed over. By
   * base, so that whoever brings one back (undo) brings back its steps.
   */
  const inSteps = new WeakMap<Draft['base'], SummarisedWindow>()
  let historyAsked = 0
  let isClosed = false
  /** What was changed while the kept review was still on its way: it is laid over that, and not kept before. */
  let early: Partial<Draft> = {}
  let state: ReviewState = {
    isLoading: true,
    isReadingHistory: false,
    draft: { ...EMPTY_DRAFT, zone: options.zone },
    incident: null,
    stores: null,
    summarised: null,
    unjudged: null,
    findings: { kind: 'nothing' },
    pending: [],
    clocks: new Map(),
    bundle: null,
    questions: [],
    replaced: null,
    problems: [],
  }
  const findings = createFindingsRun(worker, (view) => set({ findings: view }))
  const clocks = createClockViews(worker, (views) => set({ clocks: views }))
  const keeper = createDraftKeeper(key, drafts, (failure) =>
    failure === null ? solved(NOT_KEPT) : problem(NOT_KEPT, failure),
  )

  function set(next: Partial<ReviewState>) {
    if (isClosed) return
    state = { ...state, ...next }
    for (const listener of listeners) listener()
  }

  const withoutProblem = (words: string) => state.problems.filter((one) => !one.startsWith(words))
  const problem = (words: string, error: unknown) =>
    set({ problems: [...withoutProblem(words), `${words}: ${messageOf(error)}`] })
  function solved(words: string) {
    const problems = withoutProblem(words)
    if (problems.length < state.problems.length) set({ problems })
  }

  function take(draft: Draft) {
    if (isClosed) return
    const { base, files, span } = state.draft
    const hasSameTimes = draft.base === base && haveSameTimes(draft.files, files)
    const summarised = inSteps.get(draft.base) ?? null
    // A note or a name moves no sample: what is in the window stays the very same.
    const same = hasSameTimes && draft.span === span ? state : null
    const incident = withSameData(incidentOf(draft), same?.incident ?? null)
    const stores = same ? same.stores : incident && createIncidentStores(incident, summarised)
    const unjudged = incident && stores && unjudgedTier(incident, stores)
    const bundle = draft.base === base ? state.bundle : openedBundle(draft.base)
    // First of all: findings that are ready never stand beside an incident that they are not of.
    findings.judge(incident)
    set({ draft, incident, stores, summarised, unjudged, bundle })
    if (!hasSameTimes) compareClocks()
    if (draft.base !== base && draft.base.kind === 'bundle') checkVerdict(draft.base)
  }

  function change(next: Partial<Draft>) {
    take({ ...state.draft, ...next })
    if (state.isLoading) early = { ...early, ...next }
    else keeper.keep(state.draft)
  }

  function laidUnder(span: Span, { base, summarised }: Awaited<ReturnType<typeof historyBase>>) {
    if (summarised) inSteps.set(base, summarised)
    change({ span, base })
  }

  const fileOf = (id: string) => state.draft.files.find(({ source }) => source.id === id)

  /** Holds what each file had open against what everything else counts. */
  function compareClocks() {
    for (const id of state.clocks.keys()) if (!fileOf(id)) clocks.forget(id)
    for (const { id, from, questionOf } of clockQuestions(state.draft))
      clocks.ask(id, from, questionOf)
  }

  function laid(read: ReadDone) {
    if (isClosed) return
    if (!read.result.bundle) putFile(read)
    else if (options.onBundle) options.onBundle(read.file)
    else showBundle(read.result.bundle, read)
  }

  function putFile({ file: { name }, result, readBy }: ReadDone) {
    const { fileId, stamps, observation, clock: headers } = result
    const others = state.questions.filter(({ id }) => id !== fileId)
    const isAsked = stamps?.likely === 'end' && readBy.stamp === undefined
    set({ questions: isAsked ? [...others, { id: fileId, name }] : others })
    const known = fileOf(fileId)
    const source = fileSource(result, name, known?.source.clock ?? NOT_MOVED, readBy.stamp)
    const draftFile: DraftFile = { source, observation, readBy, headers }
    change({
      files: known
        ? state.draft.files.map((one) => (one === known ? draftFile : one))
        : [...state.draft.files, draftFile],
    })
  }

  /**
   * Lays somebody's incident on the desk, in the place of what was there; the same one changes nothing. Files that
   * came together with it are laid over it, whichever was read first.
   */
  function showBundle(bundle: Bundle, { file: { name }, drop }: ReadDone) {
    if (isOnDesk(state.bundle, bundle)) return
    const before = state.draft
    const files = before.files.filter(({ source }) => readings.chosen(source.id)?.drop === drop)
    const stays = (id: string) => files.some(({ source }) => source.id === id)
    set({
      questions: state.questions.filter(({ id }) => stays(id)),
      replaced: state.incident ? { by: name, undo: () => change(before) } : null,
    })
    change(bundleDraft(bundle, name, files))
  }

  /** Whether what a bundle says of itself can be worked out again here. */
  function checkVerdict(base: BundleBase) {
    worker.findings(base.incident).then(
      ({ report }) => {
        if (state.draft.base !== base || !state.bundle) return
        const isSameVerdict = reportText(report) === base.seal.storedReport
        set({ bundle: { ...state.bundle, isSameVerdict } })
      },
      (error: unknown) => problem(`The verdict of ${base.seal.name} was not recomputed`, error),
    )
  }

  async function load() {
    try {
      const kept = await drafts.load(key)
      if (kept) {
        const { version: _, base, ...rest } = kept
        take({
          ...rest,
          base: base.kind === 'history' ? EMPTY_DRAFT.base : base,
          // As the screen shows it now, and not as it did when this was kept.
          zone: state.draft.zone,
          // What was chosen while it was read is newer.
          ...early,
          notes: [...rest.notes, ...(early.notes ?? [])],
        })
      }
      if (Object.keys(early).length > 0) keeper.keep(state.draft)
    } catch (error) {
      problem('What was kept of this review cannot be read', error)
    }
    set({ isLoading: false })
  }
  const loaded = load()
  const readings = createFileReadings({
    readFile,
    ready: loaded,
    readByOf: (id) => fileOf(id)?.readBy ?? null,
    pending: (pending) => set({ pending }),
    done: laid,
  })

  return {
    state: () => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    kept: keeper.kept,
    /** Reads a window of an organisation's history and lays it under everything else. */
    async showHistory(organisation: Organisation, span: Span, live: LiveSide) {
      const mine = ++historyAsked
      const isOver = () => isClosed || mine !== historyAsked
      set({ isReadingHistory: true })
      try {
        await loaded
        await history.flushed()
        // Where another machine is asked, too, what is kept here does not wait for it.
        const here = history.here?.(organisation.id)
        if (here) {
          const near = { ...options, history: { ...history, ...here } }
          const known = await historyBase(near, organisation, span, live)
          if (isOver()) return
          if (known.base.observation.samples.length > 0) laidUnder(span, known)
        }
        const known = await historyBase(options, organisation, span, live)
        if (isOver()) return
        laidUnder(span, known)
        solved(NOT_READ)
      } catch (error) {
        // What became of a window that was given up for another is of no interest.
        if (mine === historyAsked) problem(NOT_READ, error)
      }
      if (!isOver()) set({ isReadingHistory: false })
    },
    /** The window of files alone, or a part of a bundle; null: all of it. */
    showSpan: (span: Span | null) => change({ span }),
    openFiles: readings.open,
    /** Calls a reading off, or clears away why a file was refused. */
    dismiss: readings.dismiss,
    /** Takes a file off; gives the way back, which leaves what was laid on since. */
    removeFile: (id: string) => {
      const asked = state.questions.filter((one) => one.id === id)
      const { edit, back } = fileRemoved(state.draft, id)
      readings.forgo(id)
      set({ questions: state.questions.filter((one) => one.id !== id) })
      change(edit)
      return () => {
        if (fileOf(id)) return
        set({ questions: [...state.questions, ...asked] })
        change(back(state.draft))
      }
    },
    /** A file as it was chosen in this page, for reading it another way; null after a reload. */
    chosenFile: (id: string) => readings.chosen(id)?.file ?? null,
    importOf: (id: string) => readings.chosen(id)?.result ?? null,
    /** Reads a file again: other columns of a table. */
    readAgain: readings.again,
    /** Says what the times of a file are; it is read again where that is another reading. */
    answerStamp: (id: string, stamp: SampleEnd) => {
      set({ questions: state.questions.filter((one) => one.id !== id) })
      const file = fileOf(id)
      if (file && (file.readBy?.stamp ?? 'start') !== stamp) return readings.again(id, { stamp })
      const answered = (one: DraftFile) => ({ ...one, readBy: { ...one.readBy, stamp } })
      change({ files: state.draft.files.map((one) => (one === file ? answered(one) : one)) })
    },
    moveClock: (id: string, clock: SourceClock) => change(clockMoved(state.draft, id, clock)),
    /** A limit that no source tells; null takes it back. */
    typeLimit: (metric: MetricId, value: number | null) =>
      change(limitTyped(state.draft, metric, value)),
    setTitle: (title: string) => change({ title }),
    /** The zone that what goes out is written in. */
    setZone: (zone: string) => {
      if (zone !== state.draft.zone) change({ zone })
    },
    compare: (comparison: Draft['comparison']) => change({ comparison }),
    addNote: (note: Omit<IncidentNote, 'id'>) => {
      const id = `note:${note.at}:${Math.floor(options.random() * 1e9).toString(36)}`
      change(noteAdded(state.draft, { id, ...note }))
    },
    editNote: (id: string, text: string) => change(noteReworded(state.draft, id, text)),
    /** Takes a note away; gives the way back. */
    removeNote: (id: string) => {
      const { edit, back } = noteRemoved(state.draft, id)
      change(edit)
      return () => change(back(state.draft))
    },
    /** The incident as one file. Rejects while there is no verdict to write, and above 10 MB. */
    async bundle(viewerCode: string) {
      const { incident, findings: view } = state
      if (!incident || view.kind !== 'ready') throw new Error('The verdict is still worked out.')
      return worker.bundle(incident, view.findings.report, viewerCode)
    },
    /** Begins anew over the same history; gives the way back, which leaves what was laid on since. */
    clear: () => {
      const { draft, questions } = state
      readings.stop()
      const isOver = draft.base.kind === 'history'
      set({ pending: [], questions: [] })
      change({
        ...EMPTY_DRAFT,
        ...(isOver ? { base: draft.base, span: draft.span } : {}),
      })
      return () => {
        const since = { ...state.draft, questions: state.questions }
        set({ questions: [...questions, ...since.questions] })
        change(broughtBack(draft, since))
      }
    },
    close: () => {
      isClosed = true
      readings.stop()
      findings.close()
      clocks.close()
      worker.close()
    },
  }
}
