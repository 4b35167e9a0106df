import type { Organisation } from '#domain/organisation.ts'
import { type EpochMs, durationMs, type OrgId } from '#domain/units.ts'
import type { OrganisationConfig } from '#sources/config/tidemarkConfig.ts'
import type { ProbeDesk } from '#sources/probe/probeDesk.ts'
import type { AlertDesk } from './alerts/alertDesk.ts'
import type { Clock, Timer } from './clock.ts'
import type { OrgMonitor } from './orgMonitor.ts'
import { within } from './repeat.ts'

/** An organisation on watch. */
export type Watched = {
  organisation: Organisation
  monitor: OrgMonitor
  /** Where pages of this origin report for it; null or missing: nowhere. */
  probes?: ProbeDesk | null
  /** Its alerts; null or missing: nobody runs its rules. */
  alerts?: AlertDesk | null
}

/** How far an organisation has come that this page watches, or tries to. */
export type WatchState =
  /** Its turn comes. */
  | { kind: 'queued' }
  /** It is being reached. `isLate`: so long that somebody should know. */
  | { kind: 'starting'; since: EpochMs; isLate: boolean }
  | { kind: 'failed'; since: EpochMs; reason: string }
  | { kind: 'watched'; watched: Watched }

type Options = {
  /** Reaches an organisation and starts its monitor. It may throw, and it may never answer. */
  begin: (config: OrganisationConfig) => Promise<Watched>
  /** What the settings say of it now; null where they know it no more. */
  configOf: (id: OrgId) => OrganisationConfig | null
  clock: Clock
  timer: Timer
  changed: () => void
}

/** The organisations of one page, each started, failed and stopped by itself. */
export type Watches = {
  /** The same map until something changes. */
  states: () => ReadonlyMap<OrgId, WatchState>
  /** Starts one now, or gives the one that is watched. Throws what keeps it from starting. */
  start: (config: OrganisationConfig) => Promise<Watched>
  /** Starts one when its turn comes; nothing for one that is known here already. */
  enqueue: (id: OrgId) => void
  /** What an organisation was started with; null where it was not. */
  startedWith: (id: OrgId) => OrganisationConfig | null
  /** Notes that a monitor has taken over settings without a new start. */
  follows: (config: OrganisationConfig) => void
  /** Ends the watch. One that is still being reached is stopped as soon as it answers, and not waited for. */
  stop: (id: OrgId) => Promise<void>
}

/**
 * The queue waits so long at most for one organisation, then the next has its turn: reading back the
 * history of fifty at a time would leave nothing for the screen, and one that hangs is not worth a wait.
 */
const TURN_MS = 300
/** From then on a start counts as late. */
export const LATE_MS = durationMs(10_000)

type Start = {
  config: OrganisationConfig
  beginning: Promise<Watched>
  state: WatchState
}

/** Watches any number of organisations; what one of them does is no matter of the others. */
export function createWatches({ begin, configOf, clock, timer, changed }: Options): Watches {
  const starts = new Map<OrgId, Start>()
  const queue: OrgId[] = []
  let states: ReadonlyMap<OrgId, WatchState> = new Map()
  let isDraining = false

  function publish() {
    const queued = queue.map((id): [OrgId, WatchState] => [id, { kind: 'queued' }])
    const started = [...starts].map(([id, { state }]): [OrgId, WatchState] => [id, state])
    states = new Map([...queued, ...started])
    changed()
  }

  function start(config: OrganisationConfig): Promise<Watched> {
    const known = starts.get(config.id)
    if (known && known.state.kind !== 'failed') return known.beginning
    leaveQueue(config.id)
    const since = clock.now()
    const entry: Start = {
      config,
      // Also what is thrown before the first wait is this organisation's own affair.
      beginning: (async () => begin(config))(),
      state: { kind: 'starting', since, isLate: false },
    }
    const set = (state: WatchState) => {
      if (starts.get(config.id) !== entry) return
      entry.state = state
      publish()
    }
    starts.set(config.id, entry)
    const cancelLate = timer.after(LATE_MS, () => set({ kind: 'starting', since, isLate: true }))
    entry.beginning.then(
      (watched) => {
        cancelLate()
        // Called off meanwhile: nobody else knows of this monitor.
        if (starts.get(config.id) !== entry) return void stopped(watched)
        set({ kind: 'watched', watched })
      },
      (error: unknown) => {
        cancelLate()
        set({ kind: 'failed', since: clock.now(), reason: wordsOf(error) })
      },
    )
    publish()
    return entry.beginning
  }

  function leaveQueue(id: OrgId) {
    const index = queue.indexOf(id)
    if (index >= 0) queue.splice(index, 1)
    return index >= 0
  }

  async function drain() {
    if (isDraining) return
    isDraining = true
    for (let id = queue[0]; id !== undefined; id = queue[0]) {
      const config = configOf(id)
      if (config) await within(timer, TURN_MS, start(config).then(whenRead))
      else if (leaveQueue(id)) publish()
    }
    isDraining = false
  }

  return {
    states: () => states,
    start,
    enqueue(id) {
      if (starts.has(id) || queue.includes(id)) return
      queue.push(id)
      publish()
      void drain()
    },
    startedWith: (id) => starts.get(id)?.config ?? null,
    follows(config) {
      const entry = starts.get(config.id)
      if (entry) entry.config = config
    },
    async stop(id) {
      const entry = starts.get(id)
      const wasQueued = leaveQueue(id)
      if (!entry && !wasQueued) return
      starts.delete(id)
      publish()
      if (entry?.state.kind === 'watched') await stopped(entry.state.watched)
    },
  }
}

/** The rules end first: a monitor that stops is no silence. */
function stopped({ monitor, alerts }: Watched): Promise<void> {
  alerts?.stop()
  return monitor.stop()
}

/** Resolves when a monitor has read back what is kept. */
function whenRead({ monitor }: Watched): Promise<void> {
  if (!monitor.facts().isLoadingHistory) return Promise.resolve()
  return new Promise((resolve) => {
    const leave = monitor.subscribe(() => {
      if (monitor.facts().isLoadingHistory) return
      leave()
      resolve()
    })
  })
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
