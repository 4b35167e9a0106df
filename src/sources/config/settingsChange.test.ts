import { expect, test } from 'vitest'
import { DEFAULT_RULES } from '#domain/alerts/defaultRules.ts'
import { orgId } from '#domain/units.ts'
import { changedFields, isSameWatch } from './settingsChange.ts'
import { organisationConfig } from './tidemarkConfig.ts'

const acme = organisationConfig({ id: orgId('acme'), name: 'Acme', domain: 'mypurecloud.de' })

test('other rules of alerts are taken over by what runs', () => {
  const after = { ...acme, alertRules: DEFAULT_RULES }
  expect(changedFields(acme, after)).toEqual(['alertRules'])
  expect(isSameWatch(acme, after)).toBe(true)
})

test('another way to reach the organisation begins anew', () => {
  expect(isSameWatch(acme, { ...acme, clientId: 'c2' })).toBe(false)
  expect(isSameWatch(acme, { ...acme, sourcesOff: ['genesys.flows'] })).toBe(false)
})
