import { QueryClient } from '@tanstack/query-core'
import type { Organisation } from '#domain/organisation.ts'
import { type EpochMs, epochMs, type OrgId } from '#domain/units.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import { type OrganisationConfig, organisationConfig } from '#sources/config/tidemarkConfig.ts'
import { withThresholdsFrom } from '#sources/config/thresholdsAt.ts'
import { type Expiry, expiryOf } from '#sources/genesys/expiry.ts'
import { organisationOf } from '#sources/genesys/organisationOf.ts'
import { signOut } from '#sources/genesys/signOut.ts'
import type { Token } from '#sources/genesys/tokenStore.ts'
import { forgetFile } from '#sources/imports/tail/keptFile.ts'
import { SourceError } from '#sources/sourceError.ts'
import { type Access, createAccess } from './access.ts'
import { createMachine } from './machine.ts'
import { connectedId, organisationNamed, simulatedId } from './organisationNamed.ts'
import { createNoticeBoard } from './noticeBoard.ts'
import { createOrganisationBook } from './organisationBook.ts'
import { localSettings, tabStorage } from './pageStorage.ts'
import { dropConnecting, keepConnecting, takeConnecting } from './pendingConnection.ts'
import { plainContext } from './plainContext.ts'
import { createSignIn, type SignInOutcome, signInToSimulation, wordsOf } from './signInWindow.ts'
import { startSimulated } from './simulations.ts'

export type KnownOrganisation = { config: OrganisationConfig; organisation: Organisation }
export type OpenOrganisation = { organisation: Organisation; monitor: OrgMonitor }

/** One snapshot, new only when something changed. */
export type WorkspaceState = {
  organisations: readonly KnownOrganisation[]
  opened: ReadonlyMap<OrgId, OpenOrganisation>
  /** The one on the screen, or the last that was. */
  currentId: OrgId | null
  /** Sentences that concern no single screen, until dismissed. */
  notices: readonly string[]
}

/** What was typed on the first screen. */
export type ConnectRequest = { domain: string; clientId: string; feedUrl: string | null }

export type ConnectResult =
  | { kind: 'connected'; id: OrgId }
  /** On the way to the login page, or overtaken by a newer attempt. */
  | { kind: 'leaving' }
  | { kind: 'failed'; problem: string }

export type Workspace = ReturnType<typeof createWorkspace>

const SEED = 42
const REQUEST_PATIENCE_MS = 10_000

/** The organisations of this browser: which are known, which are watched, and who is signed in where. */
export function createWorkspace() {
  const machine = createMachine()
  const signInTo = createSignIn()
  const access = new Map<OrgId, Access>()
  const opening = new Map<OrgId, Promise<OpenOrganisation>>()
  /** What each organisation on watch was started with; null once another tab has removed it. */
  const startedWith = new Map<OrgId, OrganisationConfig | null>()
  const listeners = new Set<() => void>()
  let state: WorkspaceState = {
    organisations: [],
    opened: new Map(),
    currentId: null,
    notices: [],
  }
  const notices = createNoticeBoard(
    () => epochMs(Date.now()),
    () => set({ notices: notices.all() }),
  )
  const notify = (sentence: string) => notices.say(sentence)
  const book = createOrganisationBook(localSettings, {
    changed: () => set({ organisations: knownOf(book.all()) }),
    problem: notify,
  })
  set({ organisations: knownOf(book.all()) })
  window.addEventListener('storage', () => {
    book.reload()
    for (const id of Array.from(startedWith.keys())) void followBook(id)
  })

  function set(next: Partial<WorkspaceState>) {
    state = { ...state, ...next }
    for (const listener of listeners) listener()
  }

  function accessOf(organisation: OrganisationConfig): Access {
    const known = access.get(organisation.id)
    if (known) return known
    const created = createAccess(organisation, machine.channel, location.origin)
    access.set(organisation.id, created)
    // Where the sign-in stands is asked for with `expiry`: whoever shows it has to look again.
    created.connection.tokens.subscribe(() => set({}))
    return created
  }

  /** Forgets how an organisation is reached: its address or client has changed. */
  function dropAccess(id: OrgId) {
    access.get(id)?.close()
    access.delete(id)
  }

  async function begin(organisation: OrganisationConfig): Promise<OpenOrganisation> {
    const { connection, feedBearer } = accessOf(organisation)
    if (organisation.simulation) await startSimulated(organisation, connection)
    const named = organisationNamed(organisation)
    const monitor = machine.watch({
      organisation: named,
      config: organisation,
      connection,
      feedBearer: feedBearer.get,
      onRejected: (problem) => notices.say(`${named.name}: ${problem}`, `feed ${named.id}`),
    })
    return { organisation: named, monitor }
  }

  async function open(id: OrgId): Promise<OpenOrganisation | null> {
    const known = book.of(id)
    if (!known) return null
    const beginning = opening.get(id) ?? begin(known)
    if (!opening.has(id)) startedWith.set(id, known)
    opening.set(id, beginning)
    try {
      const opened = await beginning
      set({ opened: new Map(state.opened).set(id, opened), currentId: id })
      return opened
    } catch (error) {
      opening.delete(id)
      throw error
    }
  }

  async function close(id: OrgId) {
    const beginning = opening.get(id)
    opening.delete(id)
    startedWith.delete(id)
    const opened = new Map(state.opened)
    opened.delete(id)
    set({ opened, currentId: state.currentId === id ? null : state.currentId })
    await (await beginning)?.monitor.stop()
  }

  /** Starts an organisation again with what its settings say now. */
  async function reopen(id: OrgId) {
    if (!opening.has(id)) return
    const wasCurrent = state.currentId
    await close(id)
    await open(id)
    set({ currentId: wasCurrent })
  }

  /** Another tab has changed the settings: what is on watch here follows, or ends. */
  async function followBook(id: OrgId) {
    const before = startedWith.get(id) ?? null
    const after = book.of(id)
    if (JSON.stringify(before) === JSON.stringify(after)) return
    if (before?.domain !== after?.domain || before?.clientId !== after?.clientId) dropAccess(id)
    if (after && before) return reopen(id)
    if (after) return void (await open(id))
    const closing = close(id)
    startedWith.set(id, null)
    await closing
    // What this tab had yet to write came after the other one cleared the history.
    if (book.of(id) === null) await machine.history.clear(id)
  }

  /** After a first sign-in: the organisation's own name in place of its domain. */
  async function learnName(id: OrgId) {
    const known = book.of(id)
    if (!known || known.name !== known.domain) return
    try {
      const signal = AbortSignal.timeout(REQUEST_PATIENCE_MS)
      const { name } = await organisationOf(plainContext(signal), accessOf(known).connection)
      book.put({ ...known, name })
      await reopen(id)
    } catch (error) {
      // Its name is worth having, not worth failing for: the domain stays in its place.
      if (!(error instanceof SourceError)) throw error
    }
  }

  async function connect(request: ConnectRequest): Promise<ConnectResult> {
    const { domain, clientId, feedUrl } = request
    const id = connectedId(domain, clientId)
    const feed = feedUrl === null ? null : { url: feedUrl, organisation: null }
    const base = book.of(id) ?? organisationConfig({ id, name: domain, domain, clientId })
    const wanted = { ...base, feed: feed ?? base.feed }
    const outcome = await signInTo(accessOf(wanted).connection, {
      returnPath: `/org/${id}/live`,
      beforeLeaving: () => keepConnecting(tabStorage, wanted),
    })
    if (outcome.kind === 'failed') {
      if (!book.of(id)) dropAccess(id)
      return outcome
    }
    if (outcome.kind !== 'signedIn') return { kind: 'leaving' }
    book.put(wanted)
    await reopen(id)
    await learnName(id)
    return { kind: 'connected', id }
  }

  async function remove(id: OrgId) {
    await close(id)
    dropAccess(id)
    book.drop(id)
    machine.forgetReplies(id)
    await Promise.all([machine.history.clear(id), forgetFile(id)])
  }

  return {
    queryClient: machine.queryClient satisfies QueryClient,
    history: machine.history,
    state: () => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    dismiss: notices.dismiss,
    /** Starts watching a known organisation, or gives the one that is watched; null: not known here. */
    open,
    /** Where the sign-in stands; null where nobody is signed in. */
    expiry: (id: OrgId, now: EpochMs): Expiry | null => {
      const token = access.get(id)?.connection.tokens.get()
      return token ? expiryOf(token, now) : null
    },
    accessOf: (id: OrgId): Access | null => {
      const known = book.of(id)
      return known && accessOf(known)
    },
    connect,
    /** Makes a simulated organisation that begins now, in place of an earlier one of this scenario. */
    simulate: async (scenario: string): Promise<OrgId> => {
      const id = simulatedId(scenario)
      if (book.of(id)) await remove(id)
      const { scenarioNamed } = await import('#mocks/scenarios.ts')
      book.put(
        organisationConfig({
          id,
          name: scenarioNamed(scenario)?.organisation ?? scenario,
          domain: 'simulated',
          simulation: { scenario, seed: SEED, startMs: epochMs(Date.now()) },
        }),
      )
      return id
    },
    /** Straight from a click. Tells what went wrong as a notice. */
    signIn: async (id: OrgId): Promise<SignInOutcome> => {
      const known = book.of(id)
      if (!known) return { kind: 'failed', problem: 'This organisation is not known here.' }
      const { connection } = accessOf(known)
      const outcome = known.simulation
        ? await signInToSimulation(connection)
        : await signInTo(connection, {
            returnPath: location.pathname + location.search,
            beforeLeaving: () => void takeConnecting(tabStorage, id),
          })
      if (outcome.kind === 'failed') notify(outcome.problem)
      if (outcome.kind === 'signedIn') await learnName(id)
      return outcome
    },
    /** Keeps the token of a sign-in that took the whole page. */
    signedIn: async (id: OrgId, token: Token) => {
      const known = takeConnecting(tabStorage, id) ?? book.of(id)
      if (!known) return
      book.put(known)
      accessOf(known).connection.tokens.set(token)
      await learnName(id)
    },
    /** A full-page sign-in did not work: whether it was to connect an organisation. */
    abandonConnecting: () => dropConnecting(tabStorage),
    signOut: async (id: OrgId) => {
      const known = book.of(id)
      if (!known) return
      // A simulation ends with the page; nobody is there to be told.
      if (known.simulation) return accessOf(known).connection.tokens.set(null)
      try {
        const signal = AbortSignal.timeout(REQUEST_PATIENCE_MS)
        await signOut(plainContext(signal), accessOf(known).connection)
      } catch (error) {
        notify(`Signed out here. The server could not be told: ${wordsOf(error)}`)
      }
    },
    change: async (id: OrgId, changes: Partial<Omit<OrganisationConfig, 'id'>>) => {
      const known = book.of(id)
      if (!known) return
      const { thresholds = known.thresholds, ...others } = changes
      book.put(withThresholdsFrom({ ...known, ...others }, thresholds, epochMs(Date.now())))
      if ('domain' in changes || 'clientId' in changes) dropAccess(id)
      await reopen(id)
    },
    remove,
    clearHistory: (id: OrgId) => machine.history.clear(id),
  }
}

const knownOf = (organisations: readonly OrganisationConfig[]): readonly KnownOrganisation[] =>
  organisations.map((config) => ({ config, organisation: organisationNamed(config) }))
