/**
 * Ten thousand connection probes that report every ten seconds to a real recorder on one core; they are in a process of their own on another. First each over a
 * connection of its own, as browsers do, then all over fifty, as behind a proxy. `npx tsx bench/probes.ts [--minutes 1]` for each.
 */
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'
import { numberAsked } from './numberAsked.ts'
import { openTenants } from './organisations/openTenants.ts'
import type { LoadFound } from './probes/load.ts'
import { probeLoad } from './probes/openLoad.ts'
import { report } from './record.ts'
import { openRecorder } from './recorder/openRecorder.ts'

const CLIENTS = 10_000
const EVERY_MS = 10_000
const MINUTE_MS = 60_000
/** All have arrived, and the book has settled. */
const WARM_UP_MS = 2 * EVERY_MS
const PROXY_CONNECTIONS = 50
const APP = 'agent-desktop'

type Found = LoadFound & { cpuShare: number; residentMb: number; peakMb: number }

/** One recorder of one organisation, and its load. */
async function loaded(minutes: number, shared: number | null): Promise<Found> {
  const tenants = await openTenants(1)
  const domain = new URL(tenants.urls[0]!).host
  const recorder = await openRecorder([{ id: 'alder', name: 'Alder', domain, probeApps: [APP] }], {
    core: 0,
  })
  try {
    const lengthMs = WARM_UP_MS + minutes * MINUTE_MS
    const load = probeLoad({
      url: recorder.url,
      app: APP,
      clients: CLIENTS,
      everyMs: EVERY_MS,
      warmUpMs: WARM_UP_MS,
      lengthMs,
      shared,
    })
    await new Promise((resolve) => setTimeout(resolve, WARM_UP_MS))
    const from = { cpuMs: recorder.cpuMs(), at: performance.now() }
    await new Promise((resolve) => setTimeout(resolve, lengthMs - WARM_UP_MS))
    const cpuShare = (recorder.cpuMs() - from.cpuMs) / (performance.now() - from.at)
    const residentMb = recorder.residentMb()
    return { ...(await load), cpuShare, residentMb, peakMb: recorder.peakMb() }
  } finally {
    await recorder.stop()
    tenants.close()
  }
}

const refusals = ({ refused }: LoadFound) =>
  Object.values(refused).reduce((sum, count) => sum + count, 0)

/** Measures both, and says what they came to. */
export async function benchProbes(minutes = 1) {
  const own = await loaded(minutes, null)
  const shared = await loaded(minutes, PROXY_CONNECTIONS)
  const row = (found: Found) => ({
    reports: found.sent,
    'CPU %': found.cpuShare * 100,
    'p50 ms': found.p50Ms,
    'p99 ms': found.p99Ms,
    'worst ms': found.worstMs,
    'RSS MB': found.residentMb,
    'peak MB': found.peakMb,
    connects: found.connects,
    refused: refusals(found),
    lost: found.lost,
  })
  report('probes', {
    title: `${CLIENTS} connection probes, a report every ${EVERY_MS / 1000} s each, to a recorder on one core`,
    command: `npx tsx bench/probes.ts${minutes === 1 ? '' : ` --minutes ${minutes}`}`,
    rows: { 'own connections': row(own), 'by a proxy': row(shared) },
    goals: [own, shared].flatMap((found) => [
      {
        words: found === own ? 'a connection each' : `all over ${PROXY_CONNECTIONS} connections`,
        value: found.cpuShare * 100,
        most: 60,
        unit: '% of one core',
      },
      { words: 'refused or lost', value: refusals(found) + found.lost, most: 0, unit: 'reports' },
      { words: 'answered, p99', value: found.p99Ms, most: 100, unit: 'ms' },
      { words: 'resident at most', value: found.peakMb, most: 200, unit: 'MB' },
    ]),
  })
}

if (isMainThread && process.argv[1] === fileURLToPath(import.meta.url))
  await benchProbes(numberAsked('--minutes'))
