import { type EpochMs, epochMs, orgId } from '#domain/units.ts'
import { scenarioNamed } from '#mocks/scenarios.ts'
import { createTenant, type TenantOptions } from '#mocks/tenant.ts'
import { addressesOf } from '#sources/genesys/addresses.ts'
import type { Connection } from '#sources/genesys/connection.ts'
import { clientCredentialsToken } from '#sources/genesys/oauth.ts'
import type { ProbeId, ProbeResult } from '#sources/genesys/probes/probe.ts'
import { PROBES } from '#sources/genesys/probes/probes.ts'
import { runProbes } from '#sources/genesys/probes/runProbes.ts'
import type { AskContext } from '#sources/polledSource.ts'
import { memoryTokens, tokenUntil } from './monitorSetup.ts'

const ORG = orgId('demo')
const START_MS = 1_795_414_000_000
const CLIENT = { clientId: 'tidemark', clientSecret: 'demo' }

type Network = AskContext['fetch']

/** Runs probes over a network of ours; a wait between two readings passes at once. */
export async function probe(
  fetch: Network,
  {
    wanted = PROBES.map(({ id }) => id),
    tokens = memoryTokens(tokenUntil(epochMs(Number.MAX_SAFE_INTEGER))),
    clock = createClock(START_MS),
    signal = new AbortController().signal,
    refreshToken = null,
  }: {
    wanted?: readonly ProbeId[]
    tokens?: Connection['tokens']
    clock?: ReturnType<typeof createClock>
    signal?: AbortSignal
    refreshToken?: string | null
  } = {},
) {
  if (refreshToken !== null) tokens.set({ ...tokens.get()!, refreshToken })
  const connection = {
    org: ORG,
    addresses: addressesOf('127.0.0.1:8787'),
    clientId: CLIENT.clientId,
    tokens,
  }
  const results = new Map<ProbeId, ProbeResult>()
  const began: ProbeId[] = []
  await runProbes(
    PROBES.filter(({ id }) => wanted.includes(id)),
    {
      connection,
      ask: (work, calling) => work({ signal: calling, now: clock.now, fetch }),
      after: (ms, call) => {
        clock.pass(ms)
        call()
        return () => undefined
      },
      now: clock.now,
      signal,
      began: (id) => began.push(id),
      ended: (result) => void results.set(result.probe, result),
    },
  )
  const findingsOf = (id: ProbeId) => results.get(id)!.findings.join('\n')
  return { results, began, findingsOf }
}

/** The same of a simulated organisation, ten minutes after its start. */
export async function probeSimulated(
  options: Partial<TenantOptions> = {},
  wanted?: readonly ProbeId[],
) {
  const clock = createClock(START_MS + 600_000)
  const tenant = createTenant({
    scenario: scenarioNamed('auto-scaling')!,
    seed: 42,
    startMs: START_MS,
    now: clock.now,
    ...options,
  })
  const paths: string[] = []
  const fetch: Network = (url, init) => {
    paths.push(new URL(url).pathname)
    return tenant.fetch(new Request(url, init))
  }
  const tokens = memoryTokens(null)
  tokens.set(
    await clientCredentialsToken(
      { signal: new AbortController().signal, now: clock.now, fetch },
      addressesOf('127.0.0.1:8787'),
      CLIENT,
    ),
  )
  paths.length = 0
  const ran = await probe(fetch, { tokens, clock, ...(wanted ? { wanted } : {}) })
  return { ...ran, paths }
}

function createClock(startMs: number) {
  let at = startMs
  return {
    now: (): EpochMs => epochMs(at),
    pass: (ms: number) => {
      at += ms
    },
  }
}
