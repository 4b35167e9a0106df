import { expect, test } from 'vitest'
import { orgId } from '#domain/units.ts'
import { organisationConfig } from '#sources/config/tidemarkConfig.ts'
import { twinOf } from './twinOf.ts'

const entry = (id: string, domain: string, vendorId: string | null) =>
  organisationConfig({ id: orgId(id), name: id, domain, clientId: `client-${id}`, vendorId })
const alder = entry('alder', 'mypurecloud.de', 'o-1')

test('the same organisation by another client is found by the id it said of itself', () => {
  const other = entry('alder-2', 'mypurecloud.de', 'o-1')
  expect(twinOf(alder, [entry('elm', 'mypurecloud.de', 'o-2'), alder, other])).toBe(other)
})

test.each([
  ['only itself', [alder]],
  ['another organisation', [entry('elm', 'mypurecloud.de', 'o-2')]],
  ['the same id in another region, as simulators have', [entry('elm', 'mypurecloud.ie', 'o-1')]],
  ['one that has not said its id', [entry('elm', 'mypurecloud.de', null)]],
])('%s is none', (_, all) => {
  expect(twinOf(alder, all)).toBeNull()
})

test('without an id of its own nothing is the same', () => {
  const unknown = entry('new', 'mypurecloud.de', null)
  expect(twinOf(unknown, [entry('elm', 'mypurecloud.de', null)])).toBeNull()
})
