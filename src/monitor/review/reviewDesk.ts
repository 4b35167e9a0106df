import {
  type Draft,
  type DraftFile,
  EMPTY_DRAFT,
  incidentOf,
  type ReadBy,
} from '#domain/incident/draft.ts'
import type { IncidentNote, SourceClock, Span } from '#domain/incident/incident.ts'
import { incidentSubject } from '#domain/incident/incidentEvidence.ts'
import type { Organisation } from '#domain/organisation.ts'
import { durationMs, type MetricId } from '#domain/units.ts'
import type { DraftStore } from '#sources/drafts/draftStore.ts'
import { reportText } from '#sources/exports/bundle/reportText.ts'
import type { Bundle } from '#sources/imports/bundle/readBundle.ts'
import type { FileImport } from '#sources/imports/fileImport.ts'
import type { importFile } from '#sources/imports/importFile.ts'
import type { SampleEnd } from '#sources/imports/jtl/sampleStamps.ts'
import { createClockViews } from './clockViews.ts'
import { createDraftKeeper } from './draftKeeper.ts'
import { fileSource } from './fileSource.ts'
import { createFindingsRun } from './findingsRun.ts'
import { type HistoryReader, historyBase, type LiveSide } from './historyBase.ts'
import { createIncidentStores } from './incidentStores.ts'
import { messageOf } from './messageOf.ts'
import type { PendingFile, ReviewState } from './reviewState.ts'
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
  /** Files as chosen in this page, for reading them again by another answer. */
  const chosen = new Map<string, { file: File; result: FileImport }>()
  const reading = new Map<number, AbortController>()
  /**
   * What of a base is known in steps. Beside the draft: steps are neither kept nor handed over. By
   * base, so that whoever brings one back (undo) brings back its steps.
   */
  const inSteps = new WeakMap<Draft['base'], SummarisedWindow>()
  let lastId = 0
  let historyAsked = 0
  let isClosed = false
  let state: ReviewState = {
    isLoading: true,
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
    const { base, files } = state.draft
    const incident = incidentOf(draft)
    const summarised = inSteps.get(draft.base) ?? null
    const stores = incident && createIncidentStores(incident, summarised)
    const unjudged = incident && stores && unjudgedTier(incident, stores)
    set({ draft, incident, stores, summarised, unjudged })
    findings.judge(incident)
    if (draft.base !== base || !haveSameTimes(draft.files, files)) compareClocks()
  }

  function change(next: Partial<Draft>) {
    take({ ...state.draft, ...next })
    keeper.keep(state.draft)
  }

  const fileOf = (id: string) => state.draft.files.find(({ source }) => source.id === id)

  /** Holds what each file had open against what everything else counts. */
  function compareClocks() {
    for (const file of state.draft.files) {
      const { id } = file.source
      const level = levelOf(file)
      const reference = level && referenceFor(id)
      clocks.ask(id, {
        headers: chosen.get(id)?.result.clock ?? null,
        pair: reference && { level, ...reference },
      })
    }
  }

  function referenceFor(id: string) {
    const files = state.draft.files.filter(({ source }) => source.id !== id)
    const others = incidentOf({ ...state.draft, files })
    const metric = others && incidentSubject(others).metric
    const found = metric && others.samples.find((one) => one.metric === metric.id)
    return found ? { against: metric.title, reference: found.series } : null
  }

  function putFile(result: FileImport, file: File, readBy: ReadBy) {
    const { fileId, stamps } = result
    chosen.set(fileId, { file, result })
    const others = state.questions.filter(({ id }) => id !== fileId)
    const isAsked = stamps?.likely === 'end' && readBy.stamp === undefined
    set({ questions: isAsked ? [...others, { id: fileId, name: file.name }] : others })
    const known = fileOf(result.fileId)
    const source = fileSource(result, file.name, known?.source.clock ?? NOT_MOVED, readBy.stamp)
    const draftFile: DraftFile = { source, observation: result.observation, readBy }
    change({
      files: known
        ? state.draft.files.map((one) => (one === known ? draftFile : one))
        : [...state.draft.files, draftFile],
    })
  }

  async function read(file: File, readBy: ReadBy | null = null) {
    const id = ++lastId
    const cancel = new AbortController()
    const { signal } = cancel
    const { name } = file
    reading.set(id, cancel)
    const show = (pending: PendingFile | null) => {
      const others = state.pending.filter((one) => one.id !== id)
      if (!signal.aborted) set({ pending: pending ? [...others, pending] : others })
    }
    show({ id, name, kind: 'reading', bytes: 0, totalBytes: file.size })
    try {
      const result = await readFile(file, {
        name,
        signal,
        wantsClients: true,
        onProgress: (progress) => show({ id, name, kind: 'reading', ...progress }),
        ...readBy,
      })
      // What was kept of this review comes first: the file is laid over it.
      await loaded
      if (signal.aborted || isClosed) return
      show(null)
      const kept = fileOf(result.fileId)?.readBy
      if (result.bundle) showBundle(result.bundle, name)
      // Opened once more it is read as somebody said before: the same file twice changes nothing.
      else if (readBy === null && kept && Object.keys(kept).length > 0) await read(file, kept)
      else putFile(result, file, readBy ?? {})
    } catch (error) {
      show({ id, name, kind: 'failed', message: messageOf(error) })
    } finally {
      reading.delete(id)
    }
  }

  /** Lays somebody's incident on the desk, in the place of what was there. */
  function showBundle({ incident, storedReport, fingerprint, checks }: Bundle, name: string) {
    const { from, to, title, zone, notes, comparison } = incident
    const changed = checks.filter(({ isIntact }) => !isIntact).map((check) => check.title)
    const opened = { name, fingerprint, changed, isSameVerdict: null }
    set({ bundle: opened })
    change({
      ...EMPTY_DRAFT,
      title,
      zone,
      span: { from, to },
      base: { kind: 'bundle', incident },
      notes,
      comparison,
    })
    worker.findings(incident).then(
      ({ report }) => {
        if (state.bundle === opened)
          set({ bundle: { ...opened, isSameVerdict: reportText(report) === storedReport } })
      },
      (error: unknown) => problem(`The verdict of ${name} was not recomputed`, error),
    )
  }

  function readAgain(id: string, readBy: ReadBy) {
    const known = chosen.get(id)
    if (known) void read(known.file, { ...fileOf(id)?.readBy, ...readBy })
  }

  async function load() {
    try {
      const kept = await drafts.load(key)
      // What was laid on it while it was read is newer.
      if (kept && !state.incident) {
        const { version: _, base, ...rest } = kept
        take({ ...rest, base: base.kind === 'history' ? EMPTY_DRAFT.base : base })
      }
    } catch (error) {
      problem('What was kept of this review cannot be read', error)
    }
    set({ isLoading: false })
  }
  const loaded = load()

  const withSource = (id: string, next: (source: DraftFile['source']) => DraftFile['source']) =>
    change({
      files: state.draft.files.map((file) =>
        file.source.id === id ? { ...file, source: next(file.source) } : file,
      ),
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
      try {
        await loaded
        await history.flushed()
        const { base, summarised } = await historyBase(options, organisation, span, live)
        if (isClosed || mine !== historyAsked) return
        if (summarised) inSteps.set(base, summarised)
        change({ span, base })
        solved(NOT_READ)
      } catch (error) {
        problem(NOT_READ, error)
      }
    },
    /** The window of files alone, or a part of a bundle; null: all of it. */
    showSpan: (span: Span | null) => change({ span }),
    openFiles: (files: readonly File[]) => {
      for (const file of files) void read(file)
    },
    /** Calls a reading off, or clears away why a file was refused. */
    dismiss: (id: number) => {
      reading.get(id)?.abort()
      set({ pending: state.pending.filter((one) => one.id !== id) })
    },
    /** Takes a file off; gives the way back. */
    removeFile: (id: string) => {
      const { files } = state.draft
      change({ files: files.filter(({ source }) => source.id !== id) })
      clocks.forget(id)
      return () => change({ files })
    },
    /** A file as it was chosen in this page, for reading it another way; null after a reload. */
    chosenFile: (id: string) => chosen.get(id)?.file ?? null,
    importOf: (id: string) => chosen.get(id)?.result ?? null,
    /** Reads a file again: other columns of a table. */
    readAgain,
    /** Says what the times of a file are; it is read again where that is another reading. */
    answerStamp: (id: string, stamp: SampleEnd) => {
      set({ questions: state.questions.filter((one) => one.id !== id) })
      readAgain(id, { stamp })
    },
    moveClock: (id: string, clock: SourceClock) =>
      withSource(id, (source) => ({ ...source, clock })),
    /** A limit that no source tells; null takes it back. */
    typeLimit: (metric: MetricId, value: number | null) => {
      const others = state.draft.typedLimits.filter((one) => one.metric !== metric)
      change({ typedLimits: value === null ? others : [...others, { metric, value }] })
    },
    setTitle: (title: string) => change({ title }),
    /** The zone that what goes out is written in. */
    setZone: (zone: string) => {
      if (zone !== state.draft.zone) change({ zone })
    },
    compare: (comparison: Draft['comparison']) => change({ comparison }),
    addNote: (note: Omit<IncidentNote, 'id'>) => {
      const id = `note:${note.at}:${Math.floor(options.random() * 1e9).toString(36)}`
      change({ notes: [...state.draft.notes, { id, ...note }] })
    },
    editNote: (id: string, text: string) =>
      change({
        notes: state.draft.notes.map((note) => (note.id === id ? { ...note, text } : note)),
      }),
    /** Takes a note away; gives the way back. */
    removeNote: (id: string) => {
      const { notes } = state.draft
      change({ notes: notes.filter((note) => note.id !== id) })
      return () => change({ notes })
    },
    /** The incident as one file. Rejects while there is no verdict to write, and above 10 MB. */
    async bundle(viewerCode: string) {
      const { incident, findings: view } = state
      if (!incident || view.kind !== 'ready') throw new Error('The verdict is still worked out.')
      return worker.bundle(incident, view.findings.report, viewerCode)
    },
    /** Begins anew over the same history; gives the way back. */
    clear: () => {
      const { draft, bundle } = state
      for (const cancel of reading.values()) cancel.abort()
      const isOver = draft.base.kind === 'history'
      set({ bundle: null, pending: [], questions: [] })
      change({
        ...EMPTY_DRAFT,
        ...(isOver ? { base: draft.base, span: draft.span } : {}),
      })
      return () => {
        set({ bundle })
        change(draft)
      }
    },
    close: () => {
      isClosed = true
      for (const cancel of reading.values()) cancel.abort()
      findings.close()
      clocks.close()
      worker.close()
    },
  }
}

/** What a file says was open; null where it says nothing of the kind. */
function levelOf({ observation: { metrics, samples } }: DraftFile) {
  const gauge = metrics.find(({ kind }) => kind === 'gauge')
  return samples.find(({ metric }) => metric === gauge?.id)?.series ?? null
}

/** Whether clocks may stay as they were compared: nothing was added, taken off or moved. */
const haveSameTimes = (files: readonly DraftFile[], before: readonly DraftFile[]) =>
  files.length === before.length &&
  files.every(
    (file, i) =>
      file.observation === before[i]!.observation && file.source.clock === before[i]!.source.clock,
  )
