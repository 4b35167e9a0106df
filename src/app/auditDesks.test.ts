import { expect, test, vi } from 'vitest'
import { simulatedAddresses } from '#sources/genesys/addresses.ts'
import { organisationConfig } from '#sources/config/tidemarkConfig.ts'
import { memoryAudits } from '#testing/memoryAudits.ts'
import { memoryTokens, ORGANISATION, setupMonitor } from '#testing/monitorSetup.ts'
import { createSteeredClock } from '#testing/steeredClock.ts'
import { createAuditDesks } from './auditDesks.ts'

const { id } = ORGANISATION
const config = organisationConfig({ id, name: 'Test', domain: 'simulated' })

function setup() {
  const steered = createSteeredClock()
  const changed = vi.fn()
  const desks = createAuditDesks({
    store: memoryAudits(),
    timer: steered.timer,
    configOf: (org) => (org === id ? config : null),
    connectionOf: () => ({
      org: id,
      addresses: simulatedAddresses('http://tenant.test'),
      clientId: '',
      tokens: memoryTokens(null),
    }),
    changed,
  })
  const watched = () => {
    const { monitor } = setupMonitor({ steered })
    return { organisation: ORGANISATION, monitor }
  }
  return { desks, watched, changed }
}

test('an organisation has one desk as long as its monitor lives, and a new one with the next', async () => {
  const { desks, watched, changed } = setup()
  const first = watched()
  await desks.follow(new Map([[id, first]]))
  const desk = desks.of(id)
  expect(desk).not.toBeNull()
  expect(changed).toHaveBeenCalledTimes(1)
  await desks.follow(new Map([[id, first]]))
  expect(desks.of(id)).toBe(desk)
  await desks.follow(new Map([[id, watched()]]))
  expect(desks.of(id)).not.toBe(desk)
})

test('an organisation that is watched no more has none, and makes no more audits', async () => {
  const { desks, watched } = setup()
  await desks.follow(new Map([[id, watched()]]))
  const desk = desks.of(id)!
  await desks.follow(new Map())
  expect(desks.of(id)).toBeNull()
  await desk.audit()
  expect(desk.state()).toMatchObject({ run: null, failure: null })
})

test('one that is no more on watch when the code of audits has come gets no desk', async () => {
  const { desks, watched } = setup()
  const coming = desks.follow(new Map([[id, watched()]]))
  await desks.follow(new Map())
  await coming
  expect(desks.of(id)).toBeNull()
})
