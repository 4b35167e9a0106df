import { expect, test } from 'vitest'
import { epochMs, orgId } from '#domain/units.ts'
import { importPlan } from './importPlan.ts'
import {
  LARGEST_SETTINGS_BYTES,
  readSettingsFile,
  settingsFileName,
  settingsFileText,
} from './settingsFile.ts'
import { organisationConfig, type OrganisationConfig } from './tidemarkConfig.ts'

const some = (id: string, known: Partial<OrganisationConfig> = {}) =>
  organisationConfig({ id: orgId(id), name: id, domain: 'mypurecloud.de', clientId: id, ...known })
const acme = some('acme', {
  limitKeys: { m: { namespace: 'n', key: 'k' } },
  sourcesOff: ['genesys.flows'],
})
const globex = some('globex')

const file = (text: string, name = 'settings.json') => new File([text], name)
const textOf = (organisations: readonly OrganisationConfig[]) => {
  const text = settingsFileText(organisations)
  if (!text.ok) throw new Error(text.problem)
  return text.value
}

test('what is exported is read back as it was', async () => {
  expect(await readSettingsFile(file(textOf([acme, globex])))).toEqual({
    ok: true,
    value: [acme, globex],
  })
})

test('tokens and bearers are in no exported file, wherever somebody put them', () => {
  const leaky = {
    ...acme,
    accessToken: 'hush-1',
    bearer: 'hush-2',
    feed: { url: 'https://proxy.example', organisation: null, bearer: 'hush-3' },
    clientSecret: 'hush-4',
  }
  expect(textOf([leaky])).not.toContain('hush')
})

test('a feed address with a password in it is in no settings, and so in no file', () => {
  const feed = { url: 'https://ada:hush@proxy.example', organisation: null }
  expect(settingsFileText([{ ...acme, feed }])).toMatchObject({ ok: false })
})

test('secrets in a file that is read are left out', async () => {
  const text = JSON.stringify({ version: 3, organisations: [{ ...acme, accessToken: 'hush' }] })
  expect(JSON.stringify(await readSettingsFile(file(text)))).not.toContain('hush')
})

test('a file of an older version is upgraded', async () => {
  const text =
    '{"version":1,"organisations":[{"id":"acme","name":"Acme","domain":"mypurecloud.de","clientId":"c1",' +
    '"feed":null,"simulation":null,"thresholds":{},"socketsPerUser":null,"idleStopMs":null}]}'
  expect(await readSettingsFile(file(text))).toMatchObject({
    ok: true,
    value: [{ id: 'acme', manualLimits: [], thresholdChanges: [] }],
  })
})

test.each([
  ['', 'old.json: it is no JSON.'],
  ['\u0000\u0001PNG', 'old.json: it is no JSON.'],
  ['[]', 'old.json: its settings name no version.'],
  [
    '{"version":6,"organisations":[]}',
    'old.json: its settings are of version 6, made by a newer Tidemark.',
  ],
  ['{"version":3,"organisations":[{}]}', 'old.json: organisations[0].id is missing'],
  ['{"version":3,"organisations":"all"}', 'old.json: organisations is "all"'],
])('%j is refused, naming the file and what is wrong', async (text, problem) => {
  const reading = await readSettingsFile(file(text, 'old.json'))
  expect(reading).toEqual({ ok: false, problem: expect.stringContaining(problem) })
})

test('a bad field of one organisation is named with its place', async () => {
  const text = JSON.stringify({
    version: 3,
    organisations: [globex, { ...acme, domain: 'https://x' }],
  })
  expect(await readSettingsFile(file(text))).toMatchObject({
    problem: expect.stringContaining('settings.json: organisations[1].domain is "https://x"'),
  })
})

test('an id that a file has twice is named', async () => {
  const text = JSON.stringify({ version: 3, organisations: [acme, globex, acme] })
  expect(await readSettingsFile(file(text))).toEqual({
    ok: false,
    problem: 'settings.json: two of its organisations have the id “acme”.',
  })
})

test('a file that is far too large is not read at all', async () => {
  const huge = {
    name: 'all.har',
    size: LARGEST_SETTINGS_BYTES + 1,
    text: () => Promise.reject(new Error('was read')),
  }
  expect(await readSettingsFile(huge)).toMatchObject({
    problem: expect.stringContaining('too large'),
  })
})

test('the file is named after its day', () => {
  expect(settingsFileName(epochMs(Date.UTC(2026, 8, 17, 12)))).toBe(
    'tidemark-settings-2026-09-17.json',
  )
})

test('the plan tells what is added, replaced in which fields, the same, and left alone', () => {
  const { entries, leftAlone } = importPlan(
    [acme, globex, some('initech')],
    [{ ...acme, name: 'Acme Ltd', sourcesOff: [] }, globex, some('umbrella')],
  )
  expect(entries.map(({ organisation, kind, fields }) => [organisation.id, kind, fields])).toEqual([
    ['acme', 'replaced', ['sourcesOff', 'name']],
    ['globex', 'same', []],
    ['umbrella', 'added', []],
  ])
  expect(leftAlone.map(({ id }) => id)).toEqual(['initech'])
})

test('the same organisation under another id is named, here and in the file', () => {
  const again = some('acme-2', { clientId: 'acme' })
  const { entries } = importPlan([acme], [again])
  expect(entries[0]?.twin).toEqual({ id: 'acme', name: 'acme', isInFile: false })
  const inFile = importPlan([], [acme, again]).entries
  expect(inFile.map(({ twin }) => twin?.id)).toEqual(['acme-2', 'acme'])
  const byItself = importPlan([some('a', { vendorId: 'v' })], [some('b', { vendorId: 'v' })])
  expect(byItself.entries[0]?.twin?.id).toBe('a')
})

test('organisations without a client, of another region, or simulated are no twins', () => {
  const bare = (id: string, known: Partial<OrganisationConfig> = {}) =>
    some(id, { clientId: '', ...known })
  const simulation = { scenario: 'quiet', seed: 1, startMs: epochMs(0) }
  const pairs = [
    [bare('a'), bare('b')],
    [some('a', { clientId: 'c' }), some('b', { clientId: 'c', domain: 'mypurecloud.ie' })],
    [some('a', { clientId: 'c', simulation }), some('b', { clientId: 'c', simulation })],
  ] as const
  for (const [here, read] of pairs) expect(importPlan([here], [read]).entries[0]?.twin).toBeNull()
})
