import type { OrgId } from '#domain/units.ts'
import type { Connection } from '#sources/genesys/connection.ts'
import { PROBE_IDS, type ProbeId, type ProbeResult } from '#sources/genesys/probes/probe.ts'
import { PROBES } from '#sources/genesys/probes/probes.ts'
import type { ProbeStore } from '#sources/genesys/probes/probeStore.ts'
import { runProbes } from '#sources/genesys/probes/runProbes.ts'
import type { Timer } from '../clock.ts'
import { messageOf } from '../messageOf.ts'
import type { OrgMonitor } from '../orgMonitor.ts'

/** A run under way. */
export type ProbeRun = {
  probes: readonly ProbeId[]
  /** How many of them have ended. */
  done: number
  /** Null between two of them. */
  current: ProbeId | null
}

/** One snapshot, new only when something changed. */
export type ProbeDeskState = {
  results: ReadonlyMap<ProbeId, ProbeResult>
  run: ProbeRun | null
  /** What a person should know of results that are not kept, or of a run that broke off; a sentence. */
  notice: string | null
}

export type ProbeDesk = ReturnType<typeof createProbeDesk>

type Options = {
  org: OrgId
  monitor: Pick<OrgMonitor, 'ask' | 'now'>
  connection: Connection
  store: ProbeStore
  timer: Timer
}

/** The probes of one organisation, outside React: what they found, and the run that is under way. */
export function createProbeDesk({ org, monitor, connection, store, timer }: Options) {
  const listeners = new Set<() => void>()
  const { results, notice } = store.load(org)
  let state: ProbeDeskState = {
    results: new Map(results.map((result) => [result.probe, result])),
    run: null,
    notice,
  }
  let running: AbortController | null = null

  function set(next: Partial<ProbeDeskState>) {
    state = { ...state, ...next }
    for (const listener of listeners) listener()
  }

  function ended(run: ProbeRun, result: ProbeResult) {
    const problem = store.keep(org, result)
    set({
      results: new Map(state.results).set(result.probe, result),
      run: { ...run, done: (state.run?.done ?? 0) + 1, current: null },
      notice: problem,
    })
  }

  /** Runs these probes, in their order; all of them where none are named. One run at a time. */
  async function run(wanted: readonly ProbeId[] = PROBE_IDS) {
    if (running) return
    const calling = new AbortController()
    running = calling
    const probes = PROBES.filter(({ id }) => wanted.includes(id))
    const begun = { probes: probes.map(({ id }) => id), done: 0, current: null }
    set({ run: begun, notice: null })
    try {
      await runProbes(probes, {
        connection,
        ask: monitor.ask,
        after: timer.after,
        now: monitor.now,
        signal: calling.signal,
        began: (current) => set({ run: { ...begun, done: state.run?.done ?? 0, current } }),
        ended: (result) => ended(begun, result),
      })
    } catch (error) {
      // Called off by whoever asked for it: there is nothing to tell.
      if (!calling.signal.aborted) set({ notice: `The run broke off: ${messageOf(error)}` })
    } finally {
      running = null
      set({ run: null })
    }
  }

  return {
    state: () => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    run,
    /** Ends the run. What has ended stays. */
    callOff: () => running?.abort(new DOMException('The run was called off', 'AbortError')),
  }
}
