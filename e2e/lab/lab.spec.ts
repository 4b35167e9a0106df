import { readFileSync, writeFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { addKey } from '#recorder/keys/keyFile.ts'
import { programPath } from '#testing/realPrometheus.ts'
import { expect, test } from '../support/tidemark.ts'
import type { Running } from './command.ts'
import { jmeterMissing, startJmeter } from './jmeter.ts'
import { clearLab, LAB_FOLDER, labFile, startCapped, startScraping, startServing } from './lab.ts'
import type { LoadShape } from './loadShape.ts'
import { playRest, type RestResult, tokenFor } from './restLoad.ts'
import { playSockets, startUsers } from './socketLoad.ts'

/** Fewer than those who come: the wall. */
const CAP = 60
const SHAPE: LoadShape = {
  clients: 80,
  rampSec: 8,
  iterationSec: 14,
  holdMs: 3_000,
  retryMs: 1_000,
}
const REST = { requests: 400, perSec: 40 }

const withoutJmeter = jmeterMissing()
const tool = withoutJmeter === null ? 'JMeter' : `ws, since ${withoutJmeter}`
const store = programPath('prometheus') ? 'Prometheus' : 'no Prometheus, since none is installed'

// As on the wall of a test lab.
test.use({ colorScheme: 'dark' })
test.describe.configure({ timeout: 300_000 })

const picture = (page: Page, name: string) => page.screenshot({ path: `${LAB_FOLDER}/${name}.png` })

/** Lines of a results file by response code. */
function codesOf(jtl: string): Map<string, number> {
  const codes = new Map<string, number>()
  for (const line of readFileSync(jtl, 'utf8').trim().split('\n').slice(1)) {
    const code = line.split(',')[3]!
    codes.set(code, (codes.get(code) ?? 0) + 1)
  }
  return codes
}

test(`the load lab: sockets fill the limit and are refused, and the recorder says why (load: ${tool}; kept by ${store})`, async ({
  page,
}) => {
  clearLab()
  const [jtl, keys] = [labFile('load.jtl'), labFile('keys.json')]
  const key = addKey(keys, 'Lab wall', new Date())
  const started: Running[] = []
  const organisation = await startCapped(CAP)
  started.push(organisation.running)
  const prometheus = await startScraping()
  try {
    const app = await startServing({
      organisationUrl: organisation.url,
      jtl,
      keys,
      prometheusUrl: prometheus?.url ?? null,
    })
    started.push(app.running)
    prometheus?.scrape(app.url)
    await expect.poll(async () => (await fetch(`${app.url}readyz`)).status).toBe(200)
    await page.goto(`${app.url}screen#key=${key}`)
    await expect(page).toHaveURL(/\/org\/screen-lab\/live$/)
    const live = page.url()
    await page.goto(`${live}?w=5m`)
    const tile = page.getByRole('article', { name: /^WebSocket connections/ })
    await expect(tile).toContainText(`/ ${CAP}`)

    const from = Date.now()
    const users = startUsers(organisation.url, 3)
    const rest = playRest(
      `${organisation.url}/api/v2/organizations/me`,
      await tokenFor(organisation.url),
      REST,
    )
    const sockets =
      withoutJmeter === null
        ? startJmeter(organisation.url, jtl, labFile('jmeter.log'), SHAPE)
        : null
    if (sockets) started.push(sockets)
    const load = sockets ? sockets.ended : playSockets(organisation.url, jtl, SHAPE)
    await expect(
      page.getByRole('article', { name: 'WebSocket connections: At limit' }),
    ).toBeVisible()
    await picture(page, '1-at-limit')
    await load
    const usersWere = await users.stop()
    await expect(page.getByRole('article', { name: 'WebSocket connections: OK' })).toBeVisible()
    const to = Date.now()

    // What three of them counted of the same handshakes: the tool, the organisation, the recorder.
    const codes = codesOf(jtl)
    const refused = (codes.get('503') ?? 0) + usersWere.refused
    expect(codes.get('503')).toBeGreaterThan(50)
    expect([...codes.keys()].toSorted()).toEqual(['101', '503'])
    const heard = () => refusalsIn(app.url, key)
    await expect.poll(async () => (await heard()).get('WS /v1')).toBe(refused)
    await expect.poll(async () => (await heard()).get('open a socket')).toBe(codes.get('503'))

    await page.goto(`${live}?from=${iso(from)}&to=${iso(to)}`)
    await expect(page.getByRole('region', { name: 'State' })).toContainText('Capacity-bound')
    await expect(page.getByRole('button', { name: 'Sign in' })).toHaveCount(0)
    await picture(page, '2-capacity-bound')

    // The same through the server's own door to Prometheus, as screens read the past.
    if (prometheus) {
      const ofLab = 'organisation="lab"'
      await expect
        .poll(() =>
          asked(
            app.url,
            `max(max_over_time(tidemark_usage{${ofLab},metric="connections.open"}[10m]))`,
          ),
        )
        .toBe(CAP)
      await expect
        .poll(() => asked(app.url, `sum(tidemark_errors_total{${ofLab},class="capacity"})`))
        .toBe(refused + codes.get('503')!)
    }

    const said = await rest
    writeFileSync(labFile('autocannon.json'), said)
    const result = JSON.parse(said) as RestResult
    expect(result['2xx'] + result['4xx']).toBe(REST.requests)
    expect(result['2xx']).toBeGreaterThan(0)
  } finally {
    for (const running of started.toReversed()) await running.stop()
    await prometheus?.stop()
  }
})

type Changes = {
  cursor: string
  hasMore: boolean
  errors: { class: string; count: number; route?: string }[]
}

/** Capacity errors by route, as whoever reads the recorder's feed with this key is told of them. */
async function refusalsIn(appUrl: string, key: string): Promise<Map<string, number>> {
  const refusals = new Map<string, number>()
  let changes: Changes | null = null
  do {
    const after: string = changes ? `&after=${encodeURIComponent(changes.cursor)}` : ''
    const reply = await fetch(`${appUrl}feed/v1/changes?organisation=lab${after}`, {
      headers: { Authorization: `Bearer ${key}` },
    })
    changes = (await reply.json()) as Changes
    for (const { class: kind, count, route = '' } of changes.errors)
      if (kind === 'capacity') refusals.set(route, (refusals.get(route) ?? 0) + count)
  } while (changes.hasMore)
  return refusals
}

/** The one number that a PromQL query gives, asked of the server that the app comes from. */
async function asked(appUrl: string, query: string): Promise<number> {
  const url = `${appUrl}prometheus/api/v1/query?${new URLSearchParams({ query }).toString()}`
  const { data } = (await (await fetch(url)).json()) as {
    data: { result: { value: [number, string] }[] }
  }
  return Number(data.result[0]?.value[1])
}

const iso = (ms: number) => new Date(ms).toISOString()
