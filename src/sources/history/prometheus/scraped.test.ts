import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { epochMs, later, MINUTE_MS, orgId } from '#domain/units.ts'
import { type RealServer, startPrometheus, unlessInstalled } from '#testing/realPrometheus.ts'
import { createPrometheusReader } from './prometheusReader.ts'

const ORG = orgId('alder')
const missing = unlessInstalled('prometheus', 'promtool')
const SCRAPES = 14

/** What a recorder shows at each scrape: a peak in one of them, blind in two, down in one. */
function shownAt(scrape: number): string | null {
  if (scrape === 8) return null
  const isBlind = scrape === 6 || scrape === 7
  const lines = ['tidemark_organisation_info{organisation="alder",name="Alder",region="x"} 1']
  const labels = '{organisation="alder",metric="connections.open"}'
  if (!isBlind) lines.push(`tidemark_usage${labels} ${scrape === 4 ? 99 : 5}`)
  if (!isBlind) lines.push(`tidemark_limit${labels} 100`)
  return `${lines.join('\n')}\n`
}

let scrapes = 0
const recorder = createServer((_request, response) => {
  scrapes += 1
  const shown = shownAt(Math.min(scrapes, SCRAPES))
  response.writeHead(shown === null ? 503 : 200, { 'Content-Type': 'text/plain; version=0.0.4' })
  response.end(shown ?? 'not ready')
})
let prometheus: RealServer | null = null

beforeAll(async () => {
  if (missing) return
  await new Promise<void>((done) => recorder.listen(0, '127.0.0.1', done))
  const { port } = recorder.address() as AddressInfo
  prometheus = await startPrometheus(`
scrape_configs:
  - job_name: tidemark
    scrape_interval: 250ms
    scrape_timeout: 250ms
    static_configs: [{ targets: ['127.0.0.1:${port}'] }]
`)
}, 60_000)

afterAll(async () => {
  await prometheus?.stop()
  if (recorder.listening) await new Promise((done) => recorder.close(done))
})

test.skipIf(missing)(
  `what Prometheus scraped is read back: each sample, the peak, what was blind as a gap${missing}`,
  { timeout: 60_000 },
  async () => {
    const history = createPrometheusReader({
      baseUrl: prometheus!.url,
      fetch,
      now: () => epochMs(Date.now()),
    })
    const readBack = () => {
      const now = epochMs(Date.now())
      return history.read(ORG, later(now, -5 * MINUTE_MS), later(now, MINUTE_MS))
    }
    const past = await vi.waitFor(
      async () => {
        const read = await readBack()
        expect(read.samples[0]?.series.value.length).toBeGreaterThanOrEqual(SCRAPES - 3)
        return read
      },
      { timeout: 30_000, interval: 100 },
    )
    const { series } = past.samples[0]!
    expect([...series.value].slice(0, 8)).toEqual([5, 5, 5, 99, 5, NaN, 5, 5])
    expect(past.limits.map(({ step }) => step.value)).toContain(100)
    expect(history.problems(ORG)).toEqual([])
  },
)
