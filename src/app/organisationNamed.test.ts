import { expect, test } from 'vitest'
import { epochMs, orgId } from '#domain/units.ts'
import { CONFIG_VERSION, organisationConfig, parseConfig } from '#sources/config/tidemarkConfig.ts'
import { addressesFor, connectedId, organisationNamed, simulatedId } from './organisationNamed.ts'

test('an organisation of a region is named by it, one of a typed domain by that', () => {
  const known = organisationConfig({ id: orgId('a'), name: 'Alder', domain: 'mypurecloud.de' })
  expect(organisationNamed(known)).toMatchObject({ region: 'eu_central_1', simulation: null })
  expect(organisationNamed({ ...known, domain: 'new1.pure.cloud' })).toMatchObject({
    region: 'new1.pure.cloud',
    domain: 'new1.pure.cloud',
    simulation: null,
  })
})

test('whatever answers on this machine is marked as simulated', () => {
  const local = organisationConfig({ id: orgId('a'), name: 'Alder', domain: '127.0.0.1:8787' })
  expect(organisationNamed(local).simulation).toBe('127.0.0.1:8787')
})

test('a simulated organisation says which one it is and lives under this page', () => {
  const demo = organisationConfig({
    id: simulatedId('limit-raised'),
    name: 'Elm',
    domain: 'simulated',
    simulation: { scenario: 'limit-raised', seed: 42, startMs: epochMs(0) },
  })
  expect(organisationNamed(demo).simulation).toBe('scenario limit-raised, seed 42')
  expect(addressesFor(demo, 'http://127.0.0.1:4180').api).toBe(
    'http://127.0.0.1:4180/simulated/simulated-limit-raised',
  )
})

test.each([
  ['mypurecloud.de', '5f3c0a4e-1111-2222-3333-444455556666'],
  ['localhost:8787', 'any client / id?'],
  ['127.0.0.1:8797', 'x'.repeat(300)],
])(
  '%s and client %s make an id that the settings take, the same on every machine',
  (domain, client) => {
    const id = connectedId(domain, client)
    expect(connectedId(domain, client)).toBe(id)
    const organisations = [organisationConfig({ id, name: 'Alder', domain })]
    expect(parseConfig({ version: CONFIG_VERSION, organisations }).ok).toBe(true)
  },
)
