import type { OrgId } from '#domain/units.ts'
import { createWatches, type Watched } from '#monitor/watches.ts'
import { alertRulesOf } from '#sources/config/alertRules.ts'
import { isSameWatch, isSameWay } from '#sources/config/settingsChange.ts'
import type { OrganisationConfig } from '#sources/config/tidemarkConfig.ts'
import type { AccessBook } from './accessBook.ts'
import type { Machine } from './machine.ts'
import type { OrganisationBook } from './organisationBook.ts'
import { organisationNamed } from './organisationNamed.ts'
import { startSimulated } from './simulations.ts'

type Options = {
  machine: Machine
  book: OrganisationBook
  access: AccessBook
  /** Hears of entries of a feed that had to be left out, in a sentence. */
  rejected: (sentence: string, topic: string) => void
  changed: () => void
}

/**
 * Which organisations this page watches: those that somebody opened, or all that can be. Each follows its
 * own settings; what happens to one is never heard by the others.
 */
export function createWatching({ machine, book, access, rejected, changed }: Options) {
  const { clock, timer, history, heardProbes } = machine
  const watches = createWatches({ begin, configOf: book.of, clock, timer, changed })
  /** Opened by somebody, not only because everything is watched. */
  const asked = new Set<OrgId>()
  /** Watched here when another tab removed them: they go on where one brings them back. */
  const removedElsewhere = new Set<OrgId>()
  let isWatchingAll = false

  async function begin(config: OrganisationConfig): Promise<Watched> {
    const { connection, feedBearer } = access.of(config)
    if (config.simulation) await startSimulated(config, connection)
    const organisation = organisationNamed(config)
    const { id, name } = organisation
    const probes = await heardProbes.expect(id, config.probeApps)
    const { startMonitor } = await import('./startMonitor.ts')
    const { monitor, alerts } = startMonitor(machine, {
      organisation,
      config,
      connection,
      feedBearer: feedBearer.get,
      probes,
      onRejected: (problem) => rejected(`${name}: ${problem}`, `feed ${id}`),
    })
    return { organisation, monitor, probes, alerts: machine.alerts.add(id, alerts) }
  }

  /** Whether there is anybody to ask without a click: where nobody is signed in it stays signed out. */
  function canBeWatched(config: OrganisationConfig): boolean {
    if (config.simulation || config.feed) return true
    const { addresses, tokens } = access.of(config).connection
    return addresses.feed !== null || tokens.get() !== null
  }

  function watchIfWanted(id: OrgId) {
    const config = book.of(id)
    if (isWatchingAll && config && canBeWatched(config)) watches.enqueue(id)
  }

  /** Starts watching a known organisation, or gives the one that is watched; null: not known here. */
  async function open(id: OrgId): Promise<Watched | null> {
    const config = book.of(id)
    if (!config) return null
    asked.add(id)
    return watches.start(config)
  }

  /** Ends a watch for good: what its pages reported goes, too. */
  async function end(id: OrgId) {
    heardProbes.drop(id)
    await watches.stop(id)
  }

  async function close(id: OrgId) {
    asked.delete(id)
    await end(id)
  }

  /** Lets what is watched follow what the settings say now. */
  async function follow(id: OrgId) {
    const before = watches.startedWith(id)
    const after = book.of(id)
    if (!before || !after) return watchIfWanted(id)
    if (isSameWatch(before, after)) {
      watches.follows(after)
      const { limitKeys, manualLimits } = after
      const state = watches.states().get(id)
      if (state?.kind === 'watched') {
        state.watched.monitor.setLimitSettings({ limitKeys, manualLimits })
        state.watched.alerts?.setRules(alertRulesOf(after))
      }
      return
    }
    await watches.stop(id)
    // Where it does not start, its state says why.
    await Promise.allSettled([watches.start(after)])
  }

  /** The settings of one organisation are others now, changed here or in another tab. */
  async function settingsChanged(before: OrganisationConfig | null, id: OrgId) {
    const after = book.of(id)
    if (before && after && JSON.stringify(before) === JSON.stringify(after)) return
    if (before && !(after && isSameWay(before, after))) access.drop(id)
    if (after) {
      if (removedElsewhere.delete(id)) await open(id)
      else await follow(id)
      return
    }
    if (!watches.startedWith(id)) return
    removedElsewhere.add(id)
    await close(id)
    // What this tab had yet to write came after the other one cleared the history.
    if (book.of(id) === null) await history.clear(id)
  }

  return {
    states: watches.states,
    open,
    close,
    canBeWatched,
    watchIfWanted,
    settingsChanged,
    /**
     * Watches every known organisation that can be, one after another; or only those that somebody
     * opened here, and ends the watch of the others.
     */
    watchAll(isAll: boolean) {
      isWatchingAll = isAll
      if (isAll) for (const { id } of book.all()) watchIfWanted(id)
      else for (const id of watches.states().keys()) if (!asked.has(id)) void end(id)
    },
    /** Begins anew with one that failed, or that takes too long. Its state tells how that goes. */
    async tryAgain(id: OrgId) {
      await watches.stop(id)
      watches.enqueue(id)
    },
  }
}
