import { expect, test } from 'vitest'
import { epochMs, orgId } from '#domain/units.ts'
import { createHeardProbes } from './heardProbes.ts'

const ORG = orgId('alder')
const APPS = ['agent-desktop']

const setup = () => createHeardProbes(() => epochMs(Date.UTC(2026, 2, 2, 8)))

test('a watch that starts again goes on with what was reported, unless its apps are others', async () => {
  const probes = setup()
  const desk = await probes.expect(ORG, APPS)
  expect(desk?.apps).toEqual(APPS)
  expect(await probes.expect(ORG, [...APPS])).toBe(desk)
  expect(await probes.expect(ORG, ['messenger'])).not.toBe(desk)
  probes.drop(ORG)
})

test('an organisation without apps, and one that is closed before it is heard, have no desk', async () => {
  const probes = setup()
  expect(await probes.expect(ORG, [])).toBeNull()
  const expected = probes.expect(ORG, APPS)
  probes.drop(ORG)
  expect(await expected).toBeNull()
})
