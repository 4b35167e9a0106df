import { expect, test } from 'vitest'
import { SCENARIOS } from '../../scenarios.ts'
import type { ScenarioName } from '../../scenarios/scenario.ts'
import { steeredTenant } from '../../steeredTenant.ts'

const REQUESTS = '/api/v2/organizations/limits/changerequests'
const DAY_MS = 86_400_000

type Request = {
  id: string
  key: string
  status: string
  currentValue: number
  requestedValue: number
  dateCreated: string
  dateCompleted?: string
  rejectReason?: string
  statusHistory?: { status: string; previousStatus?: string; dateStatusChanged: string }[]
}
type Page = { entities: Request[]; nextUri?: string }

async function setup(
  scenario: ScenarioName = 'limit-raised',
  options: Parameters<typeof steeredTenant>[1] = {},
) {
  const steered = steeredTenant(scenario, options)
  await steered.signIn()
  const page = (query = '') => steered.json<Page>(REQUESTS + query)
  const list = async (query = '') => (await page(query)).entities
  return { ...steered, page, list }
}

test.each(SCENARIOS.map(({ name }) => name))(
  '%s has a pending, an implemented and a rejected request',
  async (name) => {
    const { list, startMs } = await setup(name)
    const executions = (await list()).filter(
      ({ key }) => key === 'actions.concurrent.executions.max',
    )
    expect(
      executions.map(({ status, currentValue, requestedValue }) => [
        status,
        currentValue,
        requestedValue,
      ]),
    ).toEqual([
      ['ChangeImplemented', 50, 75],
      ['Pending', 75, 100],
    ])
    const doneDaysAgo = (startMs - Date.parse(executions[0]!.dateCompleted!)) / DAY_MS
    expect(doneDaysAgo).toBeCloseTo(6, 0)
    expect(executions[1]).not.toHaveProperty('dateCompleted')
    const [rejected] = await list('?status=Rejected')
    expect(rejected).toMatchObject({ status: 'Rejected', rejectReason: 'PlatformStability' })
  },
)

test('a status is a filter, and the history comes where it is asked for', async () => {
  const { list } = await setup()
  const pending = await list('?status=Pending')
  expect(pending.map(({ status }) => status)).toEqual(['Pending'])
  expect(pending[0]).not.toHaveProperty('statusHistory')
  const [rolledBack] = await list('?status=RollbackImplemented&expand=statusHistory')
  expect(rolledBack!.statusHistory!.map(({ status }) => status)).toEqual([
    'Open',
    'Approved',
    'ChangeImplemented',
    'Rollback',
    'RollbackImplemented',
  ])
  expect(await list('?status=Nothing')).toEqual([])
})

test('pages lead on to the next until every request was told once', async () => {
  const { page, json, list, startMs } = await setup()
  const old = `after=${startMs - 410 * DAY_MS}&before=${startMs}`
  for (const query of ['pageSize=2', 'pageSize=1&status=ChangeImplemented', `pageSize=3&${old}`]) {
    const pages = [await page(`?${query}`)]
    for (let next = pages[0]!.nextUri; next !== undefined; next = pages.at(-1)!.nextUri)
      pages.push(await json<Page>(next))
    expect(pages.length).toBeGreaterThan(1)
    const whole = await list(`?${query.replace(/pageSize=\d/, 'pageSize=500')}`)
    expect(pages.flatMap(({ entities }) => entities)).toEqual(whole)
  }
})

test('a list reaches back a year by itself, and 180 days from the only bound', async () => {
  const { list, startMs } = await setup()
  const agesOf = (requests: Request[]) =>
    requests.map(({ dateCreated }) => Math.round((startMs - Date.parse(dateCreated)) / DAY_MS))
  expect(agesOf(await list())).toEqual([205, 63, 21, 8, 2, 0, 0])
  const before = (days: number) => startMs - days * DAY_MS
  expect(agesOf(await list(`?before=${before(100)}`))).toEqual([205])
  expect(agesOf(await list(`?after=${before(410)}`))).toEqual([401])
  expect(agesOf(await list(`?after=${before(410)}&before=${startMs}`))).toHaveLength(8)
})

test('with real sockets nothing was asked about connections', async () => {
  const { list } = await setup('limit-raised', { maxConnections: 3 })
  const keys = (await list()).map(({ key }) => key)
  expect(keys).not.toContain('simulated.connections.concurrent.max')
  expect(keys).toContain('actions.concurrent.executions.max')
})

test('no two requests were made at the same instant, which paging rests on', async () => {
  for (const { name } of SCENARIOS) {
    const { list, now } = await setup(name)
    const times = (await list(`?after=0&before=${now()}`)).map(({ dateCreated }) => dateCreated)
    expect(new Set(times).size).toBe(times.length)
    expect(times).toEqual(times.toSorted())
  }
})

test('the list is forbidden without the permission, and bounds must be instants', async () => {
  const missing = ['limits:organization:view']
  const { fetch } = await setup('quiet', { missingPermissions: missing })
  const refused = await fetch(REQUESTS)
  expect(refused.status).toBe(403)
  expect(await refused.json()).toMatchObject({ messageParams: { permissions: missing[0] } })
  const other = await setup()
  expect((await other.fetch(`${REQUESTS}?after=yesterday`)).status).toBe(400)
  expect((await other.fetch(`${REQUESTS}?pageSize=0`)).status).toBe(400)
})
