import { QueryClient } from '@tanstack/query-core'
import type { Organisation } from '#domain/organisation.ts'
import { type EpochMs, epochMs, type OrgId } from '#domain/units.ts'
import { messageOf } from '#monitor/messageOf.ts'
import type { WatchState, Watched } from '#monitor/watches.ts'
import { withThresholdsFrom } from '#sources/config/thresholdsAt.ts'
import { type OrganisationConfig, organisationConfig } from '#sources/config/tidemarkConfig.ts'
import { indexedDbAudits } from '#sources/audits/auditStore.ts'
import { type Expiry, expiryOf } from '#sources/genesys/expiry.ts'
import { createProbeStore } from '#sources/genesys/probes/probeStore.ts'
import { forgetFile } from '#sources/imports/tail/keptFile.ts'
import { createStandingBoard } from '#state/standing/standingBoard.ts'
import type { Access } from './access.ts'
import { forgetAlerts } from './alerts/pageAlertStore.ts'
import { createAccessBook } from './accessBook.ts'
import { createAuditDesks } from './auditDesks.ts'
import { createMachine } from './machine.ts'
import { meetOrganisation } from './meetOrganisation.ts'
import { createNoticeBoard } from './noticeBoard.ts'
import { createOrganisationBook } from './organisationBook.ts'
import { connectedId, organisationNamed, simulatedId } from './organisationNamed.ts'
import { localSettings, tabStorage } from './pageStorage.ts'
import { pastPlaceOf } from './past/pastPlaceOf.ts'
import { dropConnecting, keepConnecting } from './pendingConnection.ts'
import { createSignIns } from './signIns.ts'
import { createSignIn } from './signInWindow.ts'
import { createWatching } from './watching.ts'

export type KnownOrganisation = { config: OrganisationConfig; organisation: Organisation }

/** One snapshot, new only when something changed. */
export type WorkspaceState = {
  organisations: readonly KnownOrganisation[]
  /** How far each of them has come that this page watches, or tries to. */
  watches: ReadonlyMap<OrgId, WatchState>
  /** Those that are on watch. */
  opened: ReadonlyMap<OrgId, Watched>
  /** The one on the screen, or the last that was. */
  currentId: OrgId | null
  /** Sentences that concern no single screen, until dismissed. */
  notices: readonly string[]
}

/** What was typed to add an organisation. */
export type ConnectRequest = { domain: string; clientId: string; feedUrl: string | null }

export type ConnectResult =
  | { kind: 'connected'; id: OrgId }
  /** On the way to the login page, or overtaken by a newer attempt. */
  | { kind: 'leaving' }
  | { kind: 'failed'; problem: string; remedy: string }

export type Workspace = ReturnType<typeof createWorkspace>

const SEED = 42

/** The organisations of this browser: which are known, which are watched, and who is signed in where. */
export function createWorkspace() {
  const machine = createMachine((id) => {
    const config = book.of(id)
    return config && pastPlaceOf(config, access.of(config).connection)
  })
  const signInTo = createSignIn()
  const listeners = new Set<() => void>()
  let state: WorkspaceState = {
    organisations: [],
    watches: new Map(),
    opened: new Map(),
    currentId: null,
    notices: [],
  }
  const notices = createNoticeBoard(machine.clock.now, () => set({ notices: notices.all() }))
  const notify = (sentence: string) => notices.say(sentence)
  const book = createOrganisationBook(localSettings, {
    changed: () => set({ organisations: knownOf(book.all()) }),
    problem: notify,
  })
  const access = createAccessBook(machine.channel, location.origin, (id) => {
    // Where the sign-in stands is asked for with `expiry`: whoever shows it has to look again.
    set({})
    watching.watchIfWanted(id)
  })
  const watching = createWatching({
    machine,
    book,
    access,
    rejected: notices.say,
    changed: () => {
      const opened = openedOf(watching.states())
      set({ watches: watching.states(), opened })
      auditDesks.follow(opened).catch((error: unknown) => {
        notify(`Audits cannot be made in this tab: ${messageOf(error)}. Reload the page.`)
      })
    },
  })
  const auditDesks = createAuditDesks({
    store: indexedDbAudits,
    timer: machine.timer,
    configOf: book.of,
    connectionOf: (config) => access.of(config).connection,
    // A new map: who shows a desk has to look again.
    changed: () => set({ opened: new Map(state.opened) }),
  })
  const standings = createStandingBoard({
    members: () =>
      state.organisations.map(({ config, organisation }) => ({
        organisation,
        watch: state.watches.get(config.id) ?? null,
        isSignedIn: watching.canBeWatched(config),
      })),
    subscribe,
    clock: machine.clock,
    timer: machine.timer,
  })
  const signIns = createSignIns({ signInTo, book, access, keep, notify })
  set({ organisations: knownOf(book.all()) })
  window.addEventListener('storage', () => {
    const before = new Map(book.all().map((known) => [known.id, known]))
    book.reload()
    for (const id of new Set([...before.keys(), ...book.all().map((known) => known.id)]))
      void settingsChanged(before.get(id) ?? null, id)
  })

  function subscribe(listener: () => void) {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }

  function set(next: Partial<WorkspaceState>) {
    state = { ...state, ...next }
    for (const listener of listeners) listener()
  }

  async function settingsChanged(before: OrganisationConfig | null, id: OrgId) {
    if (!book.of(id) && state.currentId === id) set({ currentId: null })
    await watching.settingsChanged(before, id)
  }

  /** Adds organisations or takes the place of those with their ids; what is watched of them follows. */
  async function keepAll(organisations: readonly OrganisationConfig[]) {
    const before = organisations.map(({ id }) => book.of(id))
    book.putAll(organisations)
    await Promise.all(organisations.map(({ id }, i) => settingsChanged(before[i] ?? null, id)))
  }

  function keep(organisation: OrganisationConfig) {
    return keepAll([organisation])
  }

  async function forget(id: OrgId) {
    if (state.currentId === id) set({ currentId: null })
    await watching.close(id)
    access.drop(id)
    book.drop(id)
    machine.forgetReplies(id)
  }

  async function remove(id: OrgId) {
    await forget(id)
    createProbeStore(localSettings).forget(id)
    forgetAlerts(id)
    const audits = indexedDbAudits.clear(id).catch((error: unknown) => {
      notify(`The audits of the removed organisation are still kept: ${messageOf(error)}.`)
    })
    await Promise.all([machine.history.clear(id), forgetFile(id), audits])
  }

  /** Straight from a click. `returnPath` is where to go on if the whole page has to leave. */
  async function connect(request: ConnectRequest, returnPath?: string): Promise<ConnectResult> {
    const { domain, clientId, feedUrl } = request
    const id = connectedId(domain, clientId)
    const feed = feedUrl === null ? null : { url: feedUrl, organisation: null }
    const base = book.of(id) ?? organisationConfig({ id, name: domain, domain, clientId })
    const wanted = { ...base, feed: feed ?? base.feed }
    const { connection } = access.of(wanted)
    const outcome = await signInTo(connection, {
      returnPath: returnPath ?? `/org/${id}/live`,
      beforeLeaving: () => keepConnecting(tabStorage, wanted),
    })
    if (outcome.kind === 'failed') {
      if (!book.of(id)) access.drop(id)
      return outcome
    }
    if (outcome.kind !== 'signedIn') return { kind: 'leaving' }
    const met = await meetOrganisation(wanted, connection)
    if (met.kind === 'refused') {
      if (!book.of(id)) access.drop(id)
      return { ...met.trouble, kind: 'failed' }
    }
    await keep(met.config)
    return { kind: 'connected', id }
  }

  return {
    queryClient: machine.queryClient satisfies QueryClient,
    history: machine.history,
    /** How it stands with what of it comes from Prometheus. */
    past: machine.past,
    /** The clock here. */
    now: machine.clock.now,
    /** Alerts that nobody has seen, sound, and what a notification leads to. */
    alerts: machine.alerts,
    chime: machine.chime,
    alertLinks: machine.alertLinks,
    /** Audits that are kept, and the desk of an organisation that is watched; null for another. */
    audits: { store: indexedDbAudits, deskOf: auditDesks.of },
    state: () => state,
    subscribe,
    dismiss: notices.dismiss,
    /** Starts watching a known organisation, or gives the one that is watched; null: not known here. */
    open: async (id: OrgId): Promise<Watched | null> => {
      const opened = await watching.open(id)
      if (opened) set({ currentId: id })
      return opened
    },
    watchAll: (isAll: boolean) => watching.watchAll(isAll),
    tryAgain: (id: OrgId) => watching.tryAgain(id),
    /** How all of them stand, for the overview and the menu. */
    standings,
    /** Where the sign-in stands; null where nobody is signed in. */
    expiry: (id: OrgId, now: EpochMs): Expiry | null => {
      const token = access.known(id)?.connection.tokens.get()
      return token ? expiryOf(token, now) : null
    },
    accessOf: (id: OrgId): Access | null => {
      const known = book.of(id)
      return known && access.of(known)
    },
    connect,
    /** Makes a simulated organisation that begins now, in place of an earlier one of this scenario. */
    simulate: async (scenario: string): Promise<OrgId> => {
      const id = simulatedId(scenario)
      if (book.of(id)) await remove(id)
      const { scenarioNamed } = await import('#mocks/scenarios.ts')
      await keep(
        organisationConfig({
          id,
          name: scenarioNamed(scenario)?.organisation ?? scenario,
          domain: 'simulated',
          simulation: { scenario, seed: SEED, startMs: epochMs(Date.now()) },
        }),
      )
      return id
    },
    signIn: signIns.signIn,
    signedIn: signIns.signedIn,
    signOut: signIns.signOut,
    /** A full-page sign-in did not work: whether it was to connect an organisation. */
    abandonConnecting: () => dropConnecting(tabStorage),
    change: async (id: OrgId, changes: Partial<Omit<OrganisationConfig, 'id'>>) => {
      const known = book.of(id)
      if (!known) return
      const { thresholds = known.thresholds, ...others } = changes
      await keep(withThresholdsFrom({ ...known, ...others }, thresholds, machine.clock.now()))
    },
    /** Takes in what a settings file brought. Gives the way back, which leaves every history alone. */
    importSettings: async (organisations: readonly OrganisationConfig[]) => {
      const before = organisations.flatMap(({ id }) => book.of(id) ?? [])
      const added = organisations.filter(({ id }) => !book.of(id))
      await keepAll(organisations)
      return async () => {
        for (const { id } of added) await forget(id)
        await keepAll(before)
      }
    },
    /** Takes in what a display key shows, and keeps the key like a sign-in: for as long as the tab. */
    showScreen: async (organisations: readonly OrganisationConfig[], key: string) => {
      for (const config of organisations) access.of(config).feedBearer.set(key)
      await keepAll(organisations)
    },
    remove,
    clearHistory: (id: OrgId) => machine.history.clear(id),
  }
}

const named = new WeakMap<OrganisationConfig, KnownOrganisation>()

/** What has not changed stays the same object: readers compare by identity. */
const knownOf = (organisations: readonly OrganisationConfig[]): readonly KnownOrganisation[] =>
  organisations.map((config) => {
    const known = named.get(config) ?? { config, organisation: organisationNamed(config) }
    named.set(config, known)
    return known
  })

const openedOf = (states: ReadonlyMap<OrgId, WatchState>): ReadonlyMap<OrgId, Watched> =>
  new Map(
    [...states].flatMap(([id, state]) =>
      state.kind === 'watched' ? [[id, state.watched] as const] : [],
    ),
  )
