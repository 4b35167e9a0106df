import { join } from 'node:path'
import { QueryClient } from '@tanstack/query-core'
import { durationMs, MINUTE_MS, type OrgId, orgId } from '#domain/units.ts'
import { alertRulesOf } from '#sources/config/alertRules.ts'
import type { RecordedOrganisation, RecorderConfig } from './config/recorderConfig.ts'
import { openLogFolder } from './log/logStorage.ts'
import { openOrgLog, type OrgLog } from './log/orgLog.ts'
import type { DisplayKeys } from './keys/displayKeys.ts'
import type { NotReady, RecorderVoice } from './http/recorderAnswers.ts'
import { type WatchedAlerts, watchAlerts } from './alerts/watchAlerts.ts'
import type { StopFile } from './alerts/stopFile.ts'
import { followJtls, type FollowedJtls, type JtlFile } from './jtl/followedJtls.ts'
import { createRecorderMetrics } from './metrics/recorderMetrics.ts'
import { createProbeDoor } from './probes/probeDoor.ts'
import type { RecorderMachine } from './recorderMachine.ts'
import {
  organisationNamed,
  type WatchedOrganisation,
  watchOrganisation,
} from './watch/watchedOrganisation.ts'

/** One poller for a team: every configured organisation, watched day and night. */
export type Recorder = {
  /** What is answered over HTTP. */
  voice: RecorderVoice
  /** An organisation that is being recorded; null where there is none of this name, or it did not start. */
  organisation: (id: string) => WatchedOrganisation | null
  /**
   * Begins to record, one organisation after another; resolves when each is being recorded, or known
   * not to be. One whose folder cannot be read is told of by `notReady` and disturbs none of the others.
   */
  start: () => Promise<void>
  /** Writes what is left and stops everything. */
  stop: () => Promise<void>
}

type Options = {
  config: RecorderConfig
  /** Keys that screens may read the feed with; none where left out. */
  displayKeys?: DisplayKeys | null
  /** Results files of load tests that are followed; none where left out. */
  jtls?: readonly JtlFile[]
  /** Files that tell a load test to stop; none where left out. */
  stopFiles?: readonly StopFile[]
  /** Holds a folder for each organisation. */
  stateFolder: string
  machine: RecorderMachine
  /** How a log's folder is opened; on disk where left out. */
  openFolder?: typeof openLogFolder
}

/**
 * Fifty organisations are then spread over the ten seconds between two polls: their first hours are not in
 * memory all at once, and neither do they all ask at once ever after.
 */
const START_APART_MS = 200

/** How often old files are removed, and what outlives them is saved. */
const PRUNE_EVERY_MS = durationMs(10 * MINUTE_MS)

type State = {
  watched: WatchedOrganisation | null
  problem: string | null
  followed: FollowedJtls | null
  alerts: WatchedAlerts | null
}

const NOT_STARTED: State = { watched: null, problem: null, followed: null, alerts: null }

/** A recorder that has not asked anybody yet: it can answer, and says that it is not ready. */
export function createRecorder(options: Options): Recorder {
  const {
    config,
    stateFolder,
    machine,
    openFolder = openLogFolder,
    jtls = [],
    stopFiles = [],
  } = options
  const { clock, timer, log, secrets } = machine
  const metrics = createRecorderMetrics(clock.now())
  const queryClient = new QueryClient()
  const states = new Map<OrgId, State>(
    config.organisations.map(({ config: { id } }) => [id, NOT_STARTED]),
  )
  let starting: Promise<void> = Promise.resolve()
  let cancelPrune: () => void = () => undefined
  let endBreath: () => void = () => undefined
  let isStopped = false
  keepSecrets()
  const expected = config.organisations
    .map(({ config: { id, probeApps } }) => ({ organisation: id, apps: probeApps }))
    .filter(({ apps }) => apps.length > 0)
  const probes =
    expected.length === 0
      ? null
      : createProbeDoor({
          apps: expected,
          clock,
          timer,
          observe: (id, observed) => states.get(id)?.watched?.observe(observed),
        })

  function keepSecrets() {
    if (config.bearer !== null) secrets.add(config.bearer)
    for (const { client, feedBearer } of config.organisations) {
      if (feedBearer !== null) secrets.add(feedBearer)
      if (!client) continue
      secrets.add(client.clientSecret)
      secrets.add(btoa(`${client.clientId}:${client.clientSecret}`))
    }
  }

  async function begin(
    recorded: RecordedOrganisation,
  ): Promise<Pick<State, 'watched' | 'followed' | 'alerts'>> {
    const { id } = recorded.config
    const storage = await openFolder(join(stateFolder, id))
    const orgLog = await openOrgLog({
      storage,
      clock,
      timer,
      log: logOf(id),
      redact: secrets.redacted,
    })
    await orgLog.prune()
    const watched: WatchedOrganisation = watchOrganisation({
      machine,
      queryClient,
      recorded,
      orgLog,
      heardNews: (news) => metrics.heardNews(id, news, watched.monitor.facts().metrics),
      heardPoll: metrics.heardPoll(id),
    })
    const files = jtls.filter(({ organisation }) => organisation === id)
    const { observeLong: observe } = watched.monitor
    const followed = await followJtls({ files, storage, orgLog, machine, log: logOf(id), observe })
    const stopFile = stopFiles.find(({ organisation }) => organisation === id)
    const alerts = await watchAlerts({
      monitor: watched.monitor,
      rules: alertRulesOf(recorded.config),
      storage,
      timer,
      log: logOf(id),
      stopPath: stopFile?.path ?? null,
    })
    return { watched, followed, alerts }
  }

  const logOf =
    (organisation: OrgId): RecorderMachine['log'] =>
    (level, event, fields) =>
      log(level, event, { organisation, ...fields })

  async function startOne(recorded: RecordedOrganisation) {
    const { id } = recorded.config
    try {
      states.set(id, { ...(await begin(recorded)), problem: null })
    } catch (error) {
      logOf(id)('error', 'not_started', { reason: (error as Error).message })
      states.set(id, { ...NOT_STARTED, problem: 'it could not be started' })
    }
  }

  /** Until the next organisation may begin; at once where all is being stopped. */
  const breath = () =>
    new Promise<void>((over) => {
      const cancel = timer.after(START_APART_MS, over)
      endBreath = () => {
        cancel()
        over()
      }
    })

  async function startAll() {
    for (const [i, recorded] of config.organisations.entries()) {
      if (i > 0 && !isStopped) await breath()
      if (!isStopped) await startOne(recorded)
    }
    if (!isStopped) cancelPrune = timer.after(PRUNE_EVERY_MS, () => void prune())
  }

  async function prune() {
    for (const [id, { watched }] of states)
      await watched?.orgLog.prune().catch((error: unknown) => {
        logOf(id)('error', 'not_pruned', { reason: (error as Error).message })
      })
    if (!isStopped) cancelPrune = timer.after(PRUNE_EVERY_MS, () => void prune())
  }

  const followedAll = () =>
    [...states].flatMap(([organisation, { followed }]) =>
      (followed?.statuses() ?? []).map((status) => ({ organisation, ...status })),
    )
  const alertsAll = () =>
    [...states].flatMap(([organisation, { alerts }]) =>
      (alerts?.shown().active ?? []).map((alert) => ({ organisation, alert })),
    )
  const watchedAll = () => [...states.values()].flatMap(({ watched }) => watched ?? [])
  const watchedOf = (id: string) => states.get(orgId(id))?.watched ?? null

  return {
    voice: {
      bearer: config.bearer,
      displayKeys: options.displayKeys ?? null,
      takeProbe: probes && probes.take,
      probesOf: (id) => probes?.told(id) ?? null,
      organisations: () =>
        config.organisations.map((recorded) => {
          const { id, name, region } = organisationNamed(recorded.config)
          return { id, name, region }
        }),
      logOf: (id): OrgLog | null => watchedOf(id)?.orgLog ?? null,
      metrics: () =>
        metrics.exposition(
          watchedAll().map(({ monitor }) => monitor),
          followedAll(),
          alertsAll(),
        ),
      notReady: () => [...states].flatMap(([id, state]) => reasonsOf(id, state)),
    },
    organisation: watchedOf,
    start() {
      probes?.start()
      starting = startAll()
      return starting
    },
    async stop() {
      isStopped = true
      endBreath()
      await starting
      cancelPrune()
      probes?.stop()
      const followed = [...states.values()].flatMap((state) => state.followed ?? [])
      await Promise.all(followed.map((files) => files.stop()))
      const alerts = [...states.values()].flatMap((state) => state.alerts ?? [])
      await Promise.all(alerts.map((one) => one.stop()))
      await Promise.all(watchedAll().map((watched) => watched.stop()))
      queryClient.clear()
    },
  }
}

function reasonsOf(organisation: OrgId, { watched, problem }: State): NotReady[] {
  if (!watched) return [{ organisation, reason: problem ?? 'it is being started' }]
  return [
    ...(watched.wasRead() ? [] : [{ organisation, reason: 'nothing of it was read yet' }]),
    ...(watched.orgLog.trouble() ? [{ organisation, reason: 'its state cannot be written' }] : []),
  ]
}
