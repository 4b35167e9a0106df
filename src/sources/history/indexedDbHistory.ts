import { horizonsAt } from '#domain/retention.ts'
import { type DurationMs, type EpochMs, epochMs, type OrgId } from '#domain/units.ts'
import { append } from './append.ts'
import { type History, type HistoryHealth, MOST_ERRORS_READ } from './history.ts'
import { createHistoryConnection } from './historyConnection.ts'
import { MIGRATIONS, type Migration } from './historyDb.ts'
import { createHistoryDesk, type HistoryWorker } from './historyDesk.ts'
import { createHistoryRecord, type HistoryRecord } from './historyRecord.ts'
import { removeOrganisation } from './pruning.ts'
import { readWaiting } from './readPast.ts'
import { summariesWaiting } from './readSummaries.ts'

/** How long an observation may wait before it is written: what a crash may cost, with the write. */
const FLUSH_AFTER_MS = 2_000
/** How long a failing database is left alone before what waits in memory is offered to it again. */
const RETRY_AFTER_MS = 60_000
/** Rows of the tail after which they are sorted into chunks: five minutes of flushes. */
const COMPACT_AFTER_ROWS = 150

export type IndexedDbHistoryOptions = {
  /** The database's name. */
  name?: string
  now: () => EpochMs
  /** Calls back once, later, also in a hidden tab; gives the way to take it back. */
  after: (delayMs: number, call: () => void) => () => void
  /** The way to the newest shape of the database; a test of a migration hands in another. */
  migrations?: readonly Migration[]
  /** How many error events one reading gives. */
  mostErrors?: number
  /** Starts the worker for the long jobs; a test hands in one that fails. */
  startWorker?: () => HistoryWorker
}

/**
 * A history in IndexedDB. What is written waits in memory for at most two seconds, then goes to a
 * tail in one transaction, and every few minutes from there into hourly chunks and their minutes.
 * Long jobs, all reading among them, are done in a worker. Where the database is full, broken,
 * blocked or absent, everything stays in memory and readable, `health` says why, and it is offered
 * to the database again every minute. Several tabs may write at once.
 */
export function createIndexedDbHistory(options: IndexedDbHistoryOptions): History {
  const { name = 'tidemark-history', migrations = MIGRATIONS, now, after } = options
  const { mostErrors = MOST_ERRORS_READ } = options
  const unsaved = new Map<OrgId, HistoryRecord>()
  const saving = new Map<OrgId, HistoryRecord>()
  const rowsSinceCompaction = new Map<OrgId, number>()
  const listeners = new Set<() => void>()
  let health: HistoryHealth = { kind: 'stored' }
  let queue: Promise<void> = Promise.resolve()
  let tidying: Promise<unknown> = queue
  let cancelFlush: (() => void) | null = null
  let dueAt = epochMs(0)
  let isClosed = false

  const connection = createHistoryConnection(name, migrations, {
    onFailure: (reason) => degrade(reason),
    onReady: () => flushSoon(0),
  })
  const desk = createHistoryDesk({
    database: name,
    open: connection.open,
    ...(options.startWorker && { start: options.startWorker }),
  })

  function degrade(reason: string) {
    if (health.kind === 'memory' && health.reason === reason) return
    setHealth({ kind: 'memory', reason, since: health.kind === 'memory' ? health.since : now() })
    if (hasUnsaved()) flushSoon(RETRY_AFTER_MS)
  }

  function setHealth(next: HistoryHealth) {
    health = next
    for (const listener of listeners) listener()
  }

  const hasUnsaved = () => unsaved.size > 0

  function flushSoon(delayMs: number) {
    if (isClosed) return
    cancelFlush?.()
    dueAt = epochMs(now() + delayMs)
    cancelFlush = after(delayMs, () => void flush())
  }

  /** One job after the other: jobs of one page never wait for each other's transactions. */
  function enqueue(job: () => Promise<void>): Promise<void> {
    queue = queue.then(job)
    return queue
  }

  /** Does a job on the database; a failure degrades to memory, and the answer is null. */
  async function attempt<T>(job: () => Promise<T>): Promise<{ answer: T } | null> {
    try {
      return { answer: await job() }
    } catch (cause) {
      degrade(connection.reasonOf(cause))
      return null
    }
  }

  const flush = () => enqueue(drain)

  async function drain() {
    cancelFlush?.()
    cancelFlush = null
    let isSaved = true
    // A copy: a batch that could not be saved comes back under its key.
    const orgs = Array.from(unsaved.keys())
    for (const org of orgs) isSaved = (await save(org)) && isSaved
    if (isSaved && health.kind === 'memory' && connection.isOpen()) setHealth({ kind: 'stored' })
    if (hasUnsaved() && !cancelFlush) flushSoon(isSaved ? FLUSH_AFTER_MS : RETRY_AFTER_MS)
  }

  async function save(org: OrgId): Promise<boolean> {
    const batch = unsaved.get(org)!
    unsaved.delete(org)
    saving.set(org, batch)
    const isAppended = await attempt(async () =>
      append(await connection.open(), org, batch.all(), batch.removedMarkers()),
    )
    saving.delete(org)
    if (!isAppended) {
      keepFor(org, batch)
      return false
    }
    const rows = (rowsSinceCompaction.get(org) ?? COMPACT_AFTER_ROWS) + 1
    rowsSinceCompaction.set(org, rows)
    if (rows < COMPACT_AFTER_ROWS) return true
    const isCompacted = (await attempt(() => desk.ask('compact', org))) !== null
    if (isCompacted) rowsSinceCompaction.set(org, 0)
    return isCompacted
  }

  /** Puts a batch that could not be saved before what came meanwhile, so that the later still wins. */
  function keepFor(org: OrgId, batch: HistoryRecord) {
    const since = unsaved.get(org)
    if (since) {
      batch.add(since.all())
      for (const id of since.removedMarkers()) batch.removeMarker(id)
    }
    unsaved.set(org, batch)
  }

  function change(org: OrgId, apply: (record: HistoryRecord) => void) {
    const record = unsaved.get(org) ?? createHistoryRecord()
    unsaved.set(org, record)
    apply(record)
    if (!cancelFlush) flushSoon(health.kind === 'stored' ? FLUSH_AFTER_MS : RETRY_AFTER_MS)
    // A timer may be late where a browser slows it: a write then takes its place.
    else if (now() >= dueAt + FLUSH_AFTER_MS) void flush()
  }

  /**
   * What is not stored yet. Taken before the database is asked: what is saved meanwhile is then seen
   * twice, never not at all.
   */
  const waitingFor = (org: OrgId) =>
    [saving.get(org), unsaved.get(org)].filter((record) => record !== undefined)

  async function read(org: OrgId, from: EpochMs, to: EpochMs, samplesFrom = from) {
    const waiting = waitingFor(org).map((record) => ({
      known: record.between(from, to, samplesFrom),
      removedMarkers: record.removedMarkers(),
    }))
    const wanted = { org, from, to, samplesFrom, mostErrors, waiting }
    const kept = await attempt(() => desk.ask('read', wanted))
    return kept ? kept.answer : readWaiting(wanted)
  }

  async function readSummaries(org: OrgId, from: EpochMs, to: EpochMs, stepMs: DurationMs) {
    const waiting = waitingFor(org).map((record) => record.between(from, to))
    const wanted = { org, from, to, stepMs, waiting }
    const kept = await attempt(() => desk.ask('readSummaries', wanted))
    return kept ? kept.answer : summariesWaiting(wanted)
  }

  return {
    write: (org, observation) => change(org, (record) => record.add(observation)),
    removeMarker: (org, id) => change(org, (record) => record.removeMarker(id)),
    read,
    flushed: flush,
    readSummaries,
    prune: (at) => {
      // Beside the writes: what comes meanwhile need not wait for it.
      tidying = tidying.then(async () => {
        await flush()
        // What a failing database does not take must not grow for ever.
        for (const record of unsaved.values()) record.dropBefore(horizonsAt(at))
        await attempt(() => desk.ask('tidy', at))
      })
      return tidying.then(() => undefined)
    },
    clear: (org) => {
      unsaved.delete(org)
      return enqueue(async () => {
        // A batch that failed to save came back meanwhile.
        unsaved.delete(org)
        await attempt(async () => removeOrganisation(await connection.open(), org))
      })
    },
    health: () => health,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close: async () => {
      await flush()
      await tidying
      isClosed = true
      cancelFlush?.()
      desk.close()
      connection.close()
    },
  }
}
