import { expect, test } from 'vitest'
import { SCENARIOS } from '../../scenarios.ts'
import type { ScenarioName } from '../../scenarios/scenario.ts'
import { steeredTenant } from '../../steeredTenant.ts'

const LIMITS = '/api/v2/organizations/limits'

type Entry = { namespace: string; key: string; value: number }
type Docs = { namespaces: { name: string; limits: { key: string; defaultValue: number }[] }[] }

async function setup(
  scenario: ScenarioName = 'limit-raised',
  options: Parameters<typeof steeredTenant>[1] = {},
) {
  const steered = steeredTenant(scenario, options)
  await steered.signIn()
  const { json } = steered
  const namespaces = async (query = '') =>
    (await json<{ entities: string[] }>(`${LIMITS}/namespaces${query}`)).entities
  const read = async (kind = '') => {
    const found = new Map<string, number>()
    for (const name of await namespaces())
      for (const { namespace, key, value } of (
        await json<{ entities: Entry[] }>(`${LIMITS}/namespaces/${name}${kind}`)
      ).entities)
        found.set(`${namespace} ${key}`, value)
    return found
  }
  return {
    ...steered,
    namespaces,
    values: () => read(),
    defaults: () => read('/defaults'),
    docs: () => json<Docs>(`${LIMITS}/docs`),
  }
}

/** What differs between two readings, as `key: before -> after`. */
const changed = (before: Map<string, number>, after: Map<string, number>) =>
  [...after].flatMap(([name, value]) =>
    before.get(name) === value ? [] : [`${name}: ${before.get(name)} -> ${value}`],
  )

test('some thirty namespaces, told in pages, hold sixty to eighty limits; one of them holds none', async () => {
  const { namespaces, values, json } = await setup()
  const all = await namespaces()
  expect(all).toHaveLength(26)
  expect([
    ...(await namespaces('?pageSize=20')),
    ...(await namespaces('?pageSize=20&pageNumber=2')),
  ]).toEqual(all)
  const { size } = await values()
  expect(size).toBeGreaterThanOrEqual(60)
  expect(size).toBeLessThanOrEqual(80)
  expect(await json(`${LIMITS}/namespaces/supportability`)).toEqual({ entities: [] })
})

test('a key that is not among those seen in the world says that it is simulated', async () => {
  const { values } = await setup()
  const keys = [...(await values()).keys()].map((name) => name.split(' ')[1]!)
  expect(keys.filter((key) => !key.startsWith('simulated.'))).toHaveLength(20)
})

test('the published list knows most limits with their defaults, but not all', async () => {
  const { docs, defaults } = await setup()
  const told = await defaults()
  const published = (await docs()).namespaces.flatMap(({ name, limits }) =>
    limits.map(({ key, defaultValue }) => [`${name} ${key}`, defaultValue] as const),
  )
  for (const [name, value] of published) expect([name, told.get(name)]).toEqual([name, value])
  const hidden = told.size - published.length
  expect(hidden).toBeGreaterThanOrEqual(3)
  expect(hidden).toBeLessThan(told.size / 5)
})

test.each(SCENARIOS.map(({ name }) => name))(
  'in %s some limits differ from the default, most do not',
  async (name) => {
    const { values, defaults } = await setup(name)
    const differing = changed(await defaults(), await values())
    expect(differing).toContain('dataactions actions.concurrent.executions.max: 50 -> 75')
    expect(differing.length).toBeGreaterThanOrEqual(3)
    expect(differing.length).toBeLessThan(15)
  },
)

test('two organisations do not have the same values', async () => {
  const one = await (await setup('quiet')).values()
  const other = await (await setup('auto-scaling')).values()
  expect(changed(one, other)).not.toEqual([])
})

test.each(['limit-raised', 'auto-scaling'] as const)(
  'in %s one value changes without a request, and one default with its value',
  async (name) => {
    const steered = await setup(name)
    const { wait, values, defaults, tenant, json } = steered
    const [own, platform] = tenant.world.scenario.registryChanges
    wait(300_000)
    const before = { values: await values(), defaults: await defaults() }
    wait(60_000)
    const later = await values()
    expect(changed(before.values, later)).toEqual([
      `${own!.namespace} ${own!.key}: ${before.values.get(`${own!.namespace} ${own!.key}`)} -> ${own!.value}`,
    ])
    wait(180_000)
    const name2 = `${platform!.namespace} ${platform!.key}`
    const move = `${name2}: ${before.values.get(name2)} -> ${platform!.value}`
    expect(changed(later, await values())).toEqual([move])
    expect(changed(before.defaults, await defaults())).toEqual([move])
    const { entities } = await json<{ entities: Entry[] }>(`${LIMITS}/changerequests`)
    for (const change of [own!, platform!])
      expect(entities.filter(({ key }) => key === change.key)).toEqual([])
  },
)

test('elsewhere nothing but the connection limit moves', async () => {
  const planted = SCENARIOS.filter(({ registryChanges }) => registryChanges.length > 0)
  expect(planted.map(({ name }) => name)).toEqual(['limit-raised', 'auto-scaling'])
  const { wait, values } = await setup('leaking-app')
  const before = await values()
  wait(600_000)
  expect(changed(before, await values())).toEqual([])
})

test('a value can be put in the registry, also of a key and a namespace nobody has heard of', async () => {
  const registry = {
    'platform.api token.rate.per.minute': 0,
    'conversation simulated.conversations.concurrent.max': -1,
    'webchat simulated.sessions.concurrent.max': 2 ** 53,
    'webchat brand.new.max': 7,
    'brand.new.namespace some.key': 8,
  }
  const { values, defaults, namespaces, tenant } = await setup('quiet', { registry })
  const found = await values()
  for (const [name, value] of Object.entries(registry))
    expect([name, found.get(name)]).toEqual([name, value])
  expect(await namespaces()).toContain('brand.new.namespace')
  expect((await defaults()).has('webchat brand.new.max')).toBe(false)
  tenant.setRegistry({ 'webchat simulated.sessions.concurrent.max': 5 })
  const after = await values()
  expect(after.get('webchat simulated.sessions.concurrent.max')).toBe(5)
  expect(after.get('platform.api token.rate.per.minute')).toBe(300)
})

test('an unknown namespace is not found', async () => {
  const { fetch } = await setup()
  expect((await fetch(`${LIMITS}/namespaces/no.such`)).status).toBe(404)
})
