import type { Audit } from '#domain/limits/audit/audit.ts'
import { type AuditSummary, auditSummary } from '#domain/limits/audit/auditSummary.ts'
import { type DurationMs, type EpochMs, HOUR_MS, later, MINUTE_MS } from '#domain/units.ts'
import type { AuditStore } from '#sources/audits/auditStore.ts'
import type { Connection } from '#sources/genesys/connection.ts'
import type { RegistryProgress } from '#sources/genesys/registry/readWholeRegistry.ts'
import type { Timer } from '../clock.ts'
import { messageOf } from '../messageOf.ts'
import type { OrgMonitor } from '../orgMonitor.ts'
import { repeat } from '../repeat.ts'
import { auditDueAt, retryWaitMs } from './auditDue.ts'
import { type AuditFailure, auditFailureOf } from './auditFailure.ts'
import { takeAudit } from './takeAudit.ts'

/** One snapshot, new only when something changed. */
export type AuditDeskState = {
  /** Newest first; null until the list was read. */
  audits: readonly AuditSummary[] | null
  /** What is under way; `progress` is null until the list of namespaces is known. */
  run: { isScheduled: boolean; progress: RegistryProgress | null } | null
  /** How the last one ended, where it made no audit. */
  failure: (AuditFailure & { at: EpochMs }) | null
  /** What a person should know of what is kept; a sentence. */
  notice: string | null
  /** When the next one is made by itself; null: not by this tab, or never. */
  nextAt: EpochMs | null
}

export type AuditDesk = ReturnType<typeof createAuditDesk>

type Options = {
  monitor: OrgMonitor
  connection: Connection
  store: AuditStore
  timer: Timer
  /** How often an audit is made by itself, as the settings say now; null for never. */
  everyMs: () => DurationMs | null
  tidemark: string | null
}

const LOOK_EVERY_MS = MINUTE_MS
const CALLED_OFF = 'The audit was called off'

/**
 * The audits of one organisation, outside React: those that are kept, the one under way, and the next one
 * that is made by itself, by the tab that polls and while somebody is signed in.
 */
export function createAuditDesk({ monitor, connection, store, timer, everyMs, tidemark }: Options) {
  const { id: org } = monitor.facts().organisation
  const listeners = new Set<() => void>()
  /** Made here, and not taken by the browser: they end with the page. */
  const unkept = new Map<EpochMs, { audit: Audit; summary: AuditSummary }>()
  const startedAt = monitor.now()
  let state: AuditDeskState = {
    audits: null,
    run: null,
    failure: null,
    notice: null,
    nextAt: null,
  }
  let running: AbortController | null = null
  let failures = 0
  let retryAt: EpochMs | null = null
  let isStopped = false

  function set(next: Partial<AuditDeskState>) {
    state = { ...state, ...next }
    for (const listener of listeners) listener()
  }

  /** Also another tab makes audits. */
  async function readList() {
    let kept = state.audits ?? []
    try {
      kept = await store.list(org)
    } catch (error) {
      set({ notice: state.notice ?? `Kept audits cannot be read: ${reasonOf(error)}.` })
    }
    const here = [...unkept.values()].map(({ summary }) => summary)
    const others = kept.filter(({ takenAt }) => !unkept.has(takenAt))
    const audits = [...here, ...others].toSorted((a, b) => b.takenAt - a.takenAt)
    if (JSON.stringify(audits) !== JSON.stringify(state.audits)) set({ audits })
    plan()
  }

  function plan() {
    const lastAt = state.audits?.[0]?.takenAt ?? null
    const mayAsk = monitor.facts().role === 'polling' && isSignedIn()
    const nextAt = mayAsk ? auditDueAt({ everyMs: everyMs(), lastAt, startedAt, retryAt }) : null
    if (nextAt !== state.nextAt) set({ nextAt })
  }

  const isSignedIn = () => monitor.facts().session.kind !== 'signedOut'

  async function load(takenAt: EpochMs): Promise<Audit | null> {
    return unkept.get(takenAt)?.audit ?? (await store.load(org, takenAt))
  }

  /** Null also where the one before cannot be read: then its differences are not known. */
  async function newestAudit(): Promise<Audit | null> {
    const takenAt = state.audits?.[0]?.takenAt
    return takenAt === undefined ? null : load(takenAt)
  }

  async function keep(audit: Audit) {
    let before: Audit | null = null
    let notice: string | null = null
    try {
      before = await newestAudit()
    } catch (error) {
      notice = `The audit before cannot be read: ${reasonOf(error)}.`
    }
    const summary = auditSummary(audit, before)
    try {
      await store.keep(audit, summary)
    } catch (error) {
      unkept.set(audit.takenAt, { audit, summary })
      notice = `The browser did not keep the audit: ${reasonOf(error)}. Save its file: it ends with this page.`
    }
    set({ notice })
    await readList()
  }

  async function run(isScheduled: boolean) {
    if (running || isStopped) return
    const calling = new AbortController()
    running = calling
    set({ run: { isScheduled, progress: null }, failure: null })
    try {
      const audit = await takeAudit({
        monitor,
        connection,
        timer,
        tidemark,
        signal: calling.signal,
        progressed: (progress) => set({ run: { isScheduled, progress } }),
      })
      failures = 0
      retryAt = null
      await keep(audit)
    } catch (error) {
      const at = monitor.now()
      if (calling.signal.aborted) {
        // Called off by whoever asked for it: there is nothing to tell, and no hurry.
        retryAt = later(at, HOUR_MS)
      } else {
        failures += 1
        retryAt = later(at, retryWaitMs(failures))
        set({ failure: { ...auditFailureOf(error), at } })
      }
    } finally {
      running = null
      set({ run: null })
      plan()
    }
  }

  async function look() {
    if (running || isStopped) return
    plan()
    if (state.nextAt === null || monitor.now() < state.nextAt) return
    await readList()
    if (state.nextAt !== null && monitor.now() >= state.nextAt) await run(true)
  }

  const leave = [repeat(timer, LOOK_EVERY_MS, () => void look()), monitor.subscribe(plan)]
  void readList()

  return {
    state: () => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    /** Makes an audit now. One at a time. */
    audit: () => run(false),
    /** Ends the one under way; nothing of it is kept. */
    callOff: () => running?.abort(new DOMException(CALLED_OFF, 'AbortError')),
    /** One that is kept; null where it is kept no more. Rejects where it cannot be read. */
    load,
    /** Reads the list again: another tab may have added to it, or the settings changed. */
    refresh: readList,
    stop: () => {
      isStopped = true
      running?.abort(new DOMException(CALLED_OFF, 'AbortError'))
      for (const undo of leave) undo()
    },
  }
}

const reasonOf = (error: unknown) => messageOf(error).replace(/\.$/, '')
