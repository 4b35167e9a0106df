import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DEFAULT_RULES } from '#domain/alerts/defaultRules.ts'
import { alertRulesOf } from '#sources/config/alertRules.ts'
import { organisationConfig } from '#sources/config/tidemarkConfig.ts'
import { orgId } from '#domain/units.ts'
import { readRecorderConfig } from './recorderConfig.ts'

const SECRET = 'hunter2-hunter2-hunter2'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-config-'))
  writeFileSync(join(folder, 'secret'), `${SECRET}\n`)
  writeFileSync(join(folder, 'empty'), '\n')
})

afterEach(() => rmSync(folder, { recursive: true }))

const read = (value: unknown) =>
  readRecorderConfig(typeof value === 'string' ? value : JSON.stringify(value), {
    env: { CLIENT: 'client-1', SECRET, SHORT: 'abc', EMPTY: '' },
    folder,
  })

const SIMULATOR = { id: 'sim', name: 'Simulator', domain: '127.0.0.1:8787' }
const CREDENTIALS = { clientId: { env: 'CLIENT' }, clientSecret: { file: 'secret' } }
const REAL = { id: 'alder', name: 'Alder', domain: 'mypurecloud.de', credentials: CREDENTIALS }
const config = (organisation: unknown, parts: Record<string, unknown> = {}) => ({
  version: 1,
  bearer: null,
  organisations: [organisation],
  ...parts,
})

test('secrets are read from environment and file, what is unsaid is as in new settings', () => {
  expect(read(config(REAL, { bearer: { file: 'secret' } }))).toEqual({
    ok: true,
    value: {
      bearer: SECRET,
      organisations: [
        {
          config: organisationConfig({
            id: orgId('alder'),
            name: 'Alder',
            domain: 'mypurecloud.de',
          }),
          client: { clientId: 'client-1', clientSecret: SECRET },
          feedBearer: null,
        },
      ],
    },
  })
})

test('rules of alerts are read as settings have them, and one that could not be used is named', () => {
  const [first] = DEFAULT_RULES
  const own = read(config({ ...SIMULATOR, alertRules: [{ ...first, id: 'own', name: 'Own' }] }))
  expect(own.ok && alertRulesOf(own.value.organisations[0]!.config)).toMatchObject([{ id: 'own' }])
  const none = read(config(SIMULATOR))
  expect(none.ok && alertRulesOf(none.value.organisations[0]!.config)).toBe(DEFAULT_RULES)
  expect(read(config({ ...SIMULATOR, alertRules: [{ ...first, holdMs: -1 }] }))).toEqual({
    ok: false,
    problem: expect.stringContaining('organisations[0].alertRules[0] cannot be used'),
  })
})

test('a simulator takes any client, and a feed alone needs none', () => {
  const feed = { url: 'https://proxy.example/tidemark', organisation: null }
  const alone = { ...REAL, credentials: null, feed, feedBearer: { env: 'SECRET' } }
  const both = read({ version: 1, bearer: null, organisations: [SIMULATOR, alone] })
  expect(both).toMatchObject({
    value: {
      organisations: [{ client: { clientId: 'recorder' } }, { client: null, feedBearer: SECRET }],
    },
  })
})

test('settings as the app exports them are taken as they are', () => {
  const exported = organisationConfig({ ...SIMULATOR, id: orgId('sim'), clientId: 'mine' })
  expect(read(config(exported))).toMatchObject({
    value: { organisations: [{ config: exported, client: { clientId: 'mine' } }] },
  })
})

test.each<[unknown, string]>([
  ['{', 'it is no JSON'],
  [[], 'it: expected an object'],
  [config(REAL, { version: 2 }), 'version: expected 1'],
  [
    config(REAL, { bearers: null }),
    'it: there is no field "bearers"; there are version, bearer, organisations',
  ],
  [{ version: 1, organisations: [REAL] }, 'bearer: expected where it is, or null for none'],
  [
    config(REAL, { bearer: { env: 'SHORT' } }),
    'bearer: expected at least 16 letters, digits and signs without a space',
  ],
  [config(REAL, { bearer: { env: 'NONE' } }), 'bearer: the environment variable NONE is not set'],
  [
    config(REAL, { organisations: [] }),
    'organisations: expected a list with at least one organisation',
  ],
  [config({ ...REAL, id: 'a/b' }), 'organisations[0].id is "a/b", which is not what was expected'],
  [
    config({ ...REAL, domain: 'https://x' }),
    'organisations[0].domain is "https://x", which is not what was expected',
  ],
  [
    config({ id: 'x', domain: '127.0.0.1' }),
    'organisations[0].name is missing, and a string was expected',
  ],
  [config(REAL, { organisations: [REAL, REAL] }), 'organisations has two entries with the same id'],
  [
    config({ ...SIMULATOR, domain: 'simulated' }),
    'organisations[0].domain: an organisation inside a page cannot be recorded; start one with tidemark tenant and give its address',
  ],
  [
    config({ ...REAL, credentials: null }),
    'organisations[0].credentials: mypurecloud.de cannot be asked without credentials, and there is no feed',
  ],
  [
    config({ ...REAL, credentials: { ...CREDENTIALS, clientSecret: { env: 'EMPTY' } } }),
    'organisations[0].credentials.clientSecret: the environment variable EMPTY is not set',
  ],
  [
    config({ ...REAL, credentials: { ...CREDENTIALS, clientSecret: { file: 'none' } } }),
    'organisations[0].credentials.clientSecret: the file none cannot be read (ENOENT)',
  ],
  [
    config({ ...REAL, credentials: { ...CREDENTIALS, clientSecret: { file: 'empty' } } }),
    'organisations[0].credentials.clientSecret: the file empty is empty',
  ],
])('%j is refused: %s', (value, problem) => {
  expect(read(value)).toEqual({ ok: false, problem })
})

test('a mistyped field of an organisation is named', () => {
  expect(read(config({ ...REAL, feeds: null }))).toMatchObject({
    problem: expect.stringMatching(
      /^organisations\[0\]: there is no field "feeds"; there are .*feed/,
    ) as string,
  })
})

test.each([
  { ...REAL, credentials: { ...CREDENTIALS, clientSecret: SECRET } },
  { ...REAL, credentials: { ...CREDENTIALS, clientSecret: { value: SECRET } } },
  { ...REAL, credentials: { ...CREDENTIALS, clientSecret: { env: SECRET, file: SECRET } } },
  { ...REAL, credentials: SECRET },
  { ...REAL, feedBearer: SECRET },
])('a secret that stands in the file is refused and not repeated', (organisation) => {
  const refused = read(config(organisation))
  expect(refused.ok).toBe(false)
  expect(JSON.stringify(refused)).not.toContain(SECRET)
  const cutOff = read(JSON.stringify(config(organisation)).slice(0, -3))
  expect(JSON.stringify(cutOff)).not.toContain(SECRET)
})

test('an app reports for one organisation, by a name that a probe may have', () => {
  const named = read(config({ ...SIMULATOR, probeApps: ['agent-desktop'] }))
  expect(named).toMatchObject({
    value: { organisations: [{ config: { probeApps: ['agent-desktop'] } }] },
  })
  const twice = {
    version: 1,
    bearer: null,
    organisations: [
      { ...SIMULATOR, probeApps: ['a'] },
      { ...SIMULATOR, id: 'other', probeApps: ['a'] },
    ],
  }
  expect(read(twice)).toMatchObject({
    ok: false,
    problem: expect.stringMatching(/"a" is in probeApps twice/),
  })
  expect(read(config({ ...SIMULATOR, probeApps: ['a b'] }))).toMatchObject({
    problem: expect.stringMatching(/organisations\[0\]\.probeApps\[0\] is no name of an app/),
  })
})

test('a recorder has no page whose path could lead to Prometheus', () => {
  const prometheus = { url: '/prometheus', readsHistory: false, organisation: null }
  expect(read(config({ ...SIMULATOR, prometheus }))).toMatchObject({
    problem: expect.stringMatching(/^organisations\[0\]\.prometheus\.url: \/prometheus is a path/),
  })
  const reachable = { ...prometheus, url: 'http://127.0.0.1:9090' }
  expect(read(config({ ...SIMULATOR, prometheus: reachable })).ok).toBe(true)
})
