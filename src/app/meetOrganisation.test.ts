import { expect, test } from 'vitest'
import { organisationConfig } from '#sources/config/tidemarkConfig.ts'
import { json } from '#testing/answering.ts'
import { connectedNetwork } from '#testing/connectedNetwork.ts'
import { meetOrganisation } from './meetOrganisation.ts'

type Answer = Parameters<typeof connectedNetwork>[0]

function meet(answer: Answer, name = 'mypurecloud.de') {
  const { context, connection, asked } = connectedNetwork(answer)
  const { org: id } = connection
  const config = organisationConfig({ id, name, domain: 'mypurecloud.de', clientId: 'c1' })
  return { asked, config, connection, met: meetOrganisation(config, connection, context) }
}

const alder = () => json({ id: 'o-1', name: 'Alder Retail' })

test('an organisation brings its name and its id', async () => {
  const { met, config, asked } = meet(alder)
  const named = { ...config, name: 'Alder Retail', vendorId: 'o-1' }
  expect(await met).toEqual({ kind: 'met', config: named })
  expect(asked.map(({ url }) => url.pathname)).toEqual(['/api/v2/organizations/me'])
})

test('a name that somebody typed stays', async () => {
  expect(await meet(alder, 'Our shops').met).toMatchObject({
    kind: 'met',
    config: { name: 'Our shops', vendorId: 'o-1' },
  })
})

test('a token that the API refuses at once means another region, and is forgotten', async () => {
  const { met, connection } = meet(() => json({ code: 'bad.credentials' }, { status: 401 }))
  expect(await met).toMatchObject({ kind: 'refused', trouble: { kind: 'wrongRegion' } })
  expect(connection.tokens.get()).toBeNull()
})

test.each([
  ['a role without the permission', () => json({}, { status: 403 })],
  ['an overload', () => json({}, { status: 503 })],
  ['no reply', () => new TypeError('Failed to fetch')],
  ['a reply of another shape', () => json({})],
] as const)('%s costs the name and nothing else', async (_, answer) => {
  const { met, config } = meet(answer)
  expect(await met).toEqual({ kind: 'met', config })
})
