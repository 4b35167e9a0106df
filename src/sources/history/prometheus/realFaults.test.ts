import { afterEach, expect, test } from 'vitest'
import { epochMs, HOUR_MS, later, MINUTE_MS, orgId } from '#domain/units.ts'
import {
  type PastSample,
  type RealServer,
  startPrometheus,
  startVictoriaMetrics,
  unlessInstalled,
} from '#testing/realPrometheus.ts'
import { createPrometheusReader } from './prometheusReader.ts'

const ORG = orgId('alder')
/** Hours ago, since stores refuse what is too old or yet to come. */
const START = epochMs(Math.floor(Date.now() / HOUR_MS) * HOUR_MS - 4 * HOUR_MS)
const END = later(START, HOUR_MS)
const PAST: PastSample[] = Array.from({ length: 60 }, (_, i) => ({
  series: 'tidemark_usage{organisation="alder",metric="connections.open"}',
  value: 40,
  atMs: later(START, i * MINUTE_MS),
}))

const servers: RealServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop()
})

async function started<Server extends RealServer>(starting: Promise<Server | null>) {
  const server = (await starting)!
  servers.push(server)
  return server
}

/** A reader of whatever stands at an address that may come to mean another server. */
function readerOf(place: { url: string; init?: RequestInit }) {
  const reader = createPrometheusReader({
    baseUrl: 'http://prometheus.test',
    fetch: (url, init) =>
      fetch(url.replace('http://prometheus.test', place.url), { ...init, ...place.init }),
    now: () => epochMs(Date.now()),
  })
  const samples = async () => {
    const past = await reader.read(ORG, START, END)
    return past.samples[0]?.series.value.length ?? 0
  }
  return { reader, samples, kinds: () => reader.problems(ORG).map(({ kind }) => kind) }
}

test.skipIf(unlessInstalled('prometheus', 'promtool'))(
  `a Prometheus that is killed is told of, and read once another stands in its place${unlessInstalled('prometheus', 'promtool')}`,
  { timeout: 60_000 },
  async () => {
    const start = () => started(startPrometheus('scrape_configs: []\n', PAST))
    const first = await start()
    const place = { url: first.url }
    const { reader, samples, kinds } = readerOf(place)
    expect(await samples()).toBe(60)
    await first.stop()
    expect(await samples()).toBe(0)
    expect(new Set(kinds())).toEqual(new Set(['network']))
    expect(await reader.answers()).toBe(false)
    place.url = (await start()).url
    expect(await reader.answers()).toBe(true)
    expect(await samples()).toBe(60)
    expect(kinds()).toEqual([])
  },
)

test.skipIf(unlessInstalled('victoria-metrics'))(
  `a server that wants other credentials says so, and is read with the right ones${unlessInstalled('victoria-metrics')}`,
  { timeout: 60_000 },
  async () => {
    const wanted = ['-httpAuth.username=tidemark', '-httpAuth.password=the-right-one']
    const { url } = await started(startVictoriaMetrics(undefined, wanted))
    const shown = (password: string) => ({
      headers: { Authorization: `Basic ${btoa(`tidemark:${password}`)}` },
    })
    const right = shown('the-right-one')
    const body = PAST.map(({ series, value, atMs }) => `${series} ${value} ${atMs}\n`).join('')
    const written = await fetch(`${url}/api/v1/import/prometheus`, {
      ...right,
      method: 'POST',
      body,
    })
    expect(written.ok).toBe(true)
    expect((await fetch(`${url}/internal/force_flush`, right)).ok).toBe(true)

    const place = { url, init: shown('another') }
    const { reader, samples, kinds } = readerOf(place)
    expect(await samples()).toBe(0)
    expect(new Set(kinds())).toEqual(new Set(['forbidden']))
    expect(reader.problems(ORG)[0]!.message).toContain('user name and password')
    expect(await reader.answers()).toBe(false)
    place.init = right
    expect(await samples()).toBe(60)
    expect(kinds()).toEqual([])
  },
)
