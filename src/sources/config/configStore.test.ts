import { expect, test } from 'vitest'
import { DEFAULT_RULES } from '#domain/alerts/defaultRules.ts'
import { epochMs, orgId } from '#domain/units.ts'
import { createTabStorage } from '#testing/tabs.ts'
import { alertRulesOf } from './alertRules.ts'
import { loadConfig, saveConfig } from './configStore.ts'
import {
  organisationConfig,
  parseConfig,
  thresholdsOf,
  type TidemarkConfig,
} from './tidemarkConfig.ts'
import { upgradeConfig } from './upgradeConfig.ts'

const acme = organisationConfig({ id: orgId('acme'), name: 'Acme', domain: 'mypurecloud.de' })
const demo = organisationConfig({
  id: orgId('demo'),
  name: 'Demo organisation',
  domain: 'simulated',
  simulation: { scenario: 'limit-raised', seed: 42, startMs: epochMs(1_795_414_353_815) },
  feed: { url: 'http://127.0.0.1:8787', organisation: null },
  thresholds: { 'calls.concurrent': { warnAt: 0.7, criticalAt: 0.9 } },
  thresholdChanges: [
    {
      metric: 'calls.concurrent',
      from: epochMs(1_795_414_400_000),
      warnAt: 0.7,
      criticalAt: 0.9,
      before: { warnAt: 0.8, criticalAt: 0.9 },
    },
  ],
  socketsPerUser: 1.8,
})
const config: TidemarkConfig = { version: 5, organisations: [acme, demo] }
const [change] = demo.thresholdChanges
const rule = DEFAULT_RULES.find(({ kind }) => kind === 'level')!
const refusals = DEFAULT_RULES.find((one) => one.kind === 'failures')!
const typed = {
  metric: 'connections.open',
  value: 1500,
  from: 5,
  until: null,
  author: 'Ada',
  setAt: 9,
  note: '',
}

/** The stored text of version 1, as it must be readable for ever. */
const VERSION_1 =
  '{"version":1,"organisations":[{"id":"acme","name":"Acme","domain":"mypurecloud.de","clientId":"c1",' +
  '"feed":{"url":"http://127.0.0.1:8787","organisation":"o-7"},"simulation":null,' +
  '"thresholds":{"calls.concurrent":{"warnAt":0.7,"criticalAt":0.9}},"socketsPerUser":1.8,"idleStopMs":1800000}]}'

/** The stored text of version 5. */
const VERSION_5 =
  '{"version":5,"organisations":[{"id":"acme","name":"Acme","domain":"mypurecloud.de","clientId":"c1",' +
  '"vendorId":null,"feed":null,"simulation":null,"thresholds":{"calls.concurrent":{"warnAt":0.7,"criticalAt":0.9}},' +
  '"thresholdChanges":[],"limitKeys":{},"manualLimits":[],"queues":[],"sourcesOff":[],"prometheus":null,' +
  '"queries":[],"probeApps":[],"alertRules":[{"id":"nearLimit","name":"Near the limit","severity":"warn",' +
  '"isStop":false,"isOn":false,"holdMs":300000,"keepFiringMs":900000,"kind":"level","metric":"calls.concurrent",' +
  '"levels":{"fireAt":0.9,"clearBelow":0.85,"clearSamples":3}},{"id":"refusals","name":"Refusals",' +
  '"severity":"critical","isStop":false,"isOn":true,"holdMs":0,"keepFiringMs":900000,"kind":"failures",' +
  '"classes":["capacity"],"basis":"share","budget":0.005,"tiers":[{"longMs":3600000,"shortMs":300000,' +
  '"budgetUsed":0.02,"leastLong":20,"leastShort":10}]}],"auditEveryMs":null,"socketsPerUser":null,"idleStopMs":1800000}]}'

/** The stored text of version 4. */
const VERSION_4 =
  '{"version":4,"organisations":[{"id":"acme","name":"Acme","domain":"mypurecloud.de","clientId":"c1",' +
  '"feed":null,"simulation":null,"thresholds":{"calls.concurrent":{"warnAt":0.7,"criticalAt":0.9}},' +
  '"thresholdChanges":[],"limitKeys":{},"manualLimits":[],"queues":[],"sourcesOff":[],' +
  '"prometheus":{"url":"/prometheus","readsHistory":true,"organisation":null},' +
  '"queries":[{"id":"proxy","title":"Sockets at the proxy","query":"sum(haproxy_sessions)","unit":"count",' +
  '"group":"connections","provenance":"measured","scope":"organisation","everyMs":10000}],"probeApps":["desk"],' +
  '"auditEveryMs":null,"socketsPerUser":null,"idleStopMs":1800000}]}'

/** The stored text of version 3. */
const VERSION_3 =
  '{"version":3,"organisations":[{"id":"acme","name":"Acme","domain":"mypurecloud.de","clientId":"c1",' +
  '"feed":null,"simulation":null,"thresholds":{"calls.concurrent":{"warnAt":0.7,"criticalAt":0.9}},' +
  '"thresholdChanges":[{"metric":"calls.concurrent","from":1795414400000,"warnAt":0.7,"criticalAt":0.9,' +
  '"before":{"warnAt":0.8,"criticalAt":0.9}}],' +
  '"limitKeys":{"webrtc.phonesUp":{"namespace":"telephony.configuration","key":"phones.max"}},' +
  '"manualLimits":[{"metric":"connections.open","value":1500,"from":1795414300000,"until":null,"author":"Ada",' +
  '"setAt":1795414400000,"note":"told by the vendor"}],"queues":[{"id":"q-1","name":"Service"}],' +
  '"sourcesOff":["genesys.stations"],"auditEveryMs":604800000,"socketsPerUser":1.8,"idleStopMs":1800000}]}'

/** The stored text of version 2. */
const VERSION_2 =
  '{"version":2,"organisations":[{"id":"acme","name":"Acme","domain":"mypurecloud.de","clientId":"c1",' +
  '"feed":null,"simulation":null,"thresholds":{"calls.concurrent":{"warnAt":0.7,"criticalAt":0.9}},' +
  '"thresholdChanges":[{"metric":"calls.concurrent","from":1795414400000,"warnAt":0.7,"criticalAt":0.9,' +
  '"before":{"warnAt":0.8,"criticalAt":0.9}}],"socketsPerUser":1.8,"idleStopMs":1800000}]}'

const KEY = 'tidemark:config'
const ASIDE = 'tidemark:config:unreadable'

test('settings are read back as they were saved', () => {
  const storage = createTabStorage()
  expect(saveConfig(storage, config)).toBeNull()
  expect(loadConfig(storage)).toEqual({ config, notice: null })
})

test('without settings it starts empty and says nothing', () => {
  expect(loadConfig(createTabStorage())).toEqual({
    config: { version: 5, organisations: [] },
    notice: null,
  })
})

test.each([
  ['1', VERSION_1, []],
  ['2', VERSION_2, demo.thresholdChanges],
  ['3', VERSION_3, demo.thresholdChanges],
  ['4', VERSION_4, []],
  ['5', VERSION_5, []],
])('settings of version %s are readable', (_, stored, thresholdChanges) => {
  const storage = createTabStorage()
  storage.setItem(KEY, stored)
  const { config: loaded, notice } = loadConfig(storage)
  expect(notice).toBeNull()
  expect(loaded.organisations[0]).toMatchObject({
    id: 'acme',
    clientId: 'c1',
    thresholds: demo.thresholds,
    thresholdChanges,
    idleStopMs: 1_800_000,
  })
})

test('settings of before typed limits know none, and audit once a day', () => {
  const storage = createTabStorage()
  storage.setItem(KEY, VERSION_2)
  expect(loadConfig(storage).config.organisations[0]).toMatchObject({
    limitKeys: {},
    manualLimits: [],
    queues: [],
    sourcesOff: [],
    auditEveryMs: 86_400_000,
  })
})

test('settings of before Prometheus know none, and no apps with a probe', () => {
  const storage = createTabStorage()
  storage.setItem(KEY, VERSION_3)
  expect(loadConfig(storage).config.organisations[0]).toMatchObject({
    prometheus: null,
    queries: [],
    probeApps: [],
  })
})

test('Prometheus, its queries and apps with a probe are read as they were written', () => {
  const storage = createTabStorage()
  storage.setItem(KEY, VERSION_4)
  expect(loadConfig(storage).config.organisations[0]).toMatchObject({
    prometheus: { url: '/prometheus', readsHistory: true, organisation: null },
    queries: [{ id: 'proxy', query: 'sum(haproxy_sessions)', everyMs: 10_000 }],
    probeApps: ['desk'],
  })
})

test('settings of before rules of alerts have those that Tidemark brings', () => {
  const storage = createTabStorage()
  storage.setItem(KEY, VERSION_4)
  const [before] = loadConfig(storage).config.organisations
  expect(before!.alertRules).toBeNull()
  expect(alertRulesOf(before!)).toBe(DEFAULT_RULES)
})

test('rules of alerts are read as they were written', () => {
  const storage = createTabStorage()
  storage.setItem(KEY, VERSION_5)
  const [after] = loadConfig(storage).config.organisations
  expect(alertRulesOf(after!)).toMatchObject([
    { id: 'nearLimit', isOn: false, metric: 'calls.concurrent', levels: { fireAt: 0.9 } },
    { id: 'refusals', kind: 'failures', tiers: [{ longMs: 3_600_000, leastLong: 20 }] },
  ])
})

test('the rules that Tidemark brings can be kept as they are', () => {
  const storage = createTabStorage()
  const organisations = [{ ...acme, alertRules: DEFAULT_RULES }]
  expect(saveConfig(storage, { ...config, organisations })).toBeNull()
  expect(loadConfig(storage).config.organisations).toEqual(organisations)
})

test('typed limits, keys and queues are read as they were written', () => {
  const storage = createTabStorage()
  storage.setItem(KEY, VERSION_3)
  expect(loadConfig(storage).config.organisations[0]).toMatchObject({
    limitKeys: { 'webrtc.phonesUp': { namespace: 'telephony.configuration', key: 'phones.max' } },
    manualLimits: [{ metric: 'connections.open', value: 1500, until: null, author: 'Ada' }],
    queues: [{ id: 'q-1', name: 'Service' }],
    sourcesOff: ['genesys.stations'],
    auditEveryMs: 604_800_000,
  })
})

test('what the settings do not name is never written, a secret least of all', () => {
  const storage = createTabStorage()
  const leaky = { ...acme, accessToken: 'hush', bearer: 'hush' }
  expect(saveConfig(storage, { ...config, organisations: [leaky] })).toBeNull()
  expect(storage.kept.get(KEY)).not.toContain('hush')
})

test.each([
  ['not json', 'they are no JSON'],
  ['[]', 'they name no version'],
  ['{}', 'they name no version'],
  ['{"version":"1"}', 'they name no version'],
  ['{"version":6,"organisations":[]}', 'they are of version 6, made by a newer Tidemark'],
  ['{"version":0,"organisations":[]}', 'nothing upgrades version 0'],
  ['{"version":1}', 'organisations is missing'],
  ['{"version":1,"organisations":[{}]}', 'organisations[0].id is missing'],
  ['{"version":1,"organisations":[7]}', 'organisations[0] is 7'],
  ['{"version":2,"organisations":[{}]}', 'organisations[0].id is missing'],
])('stored settings %s are kept aside and told of', (stored, problem) => {
  const storage = createTabStorage()
  storage.setItem(KEY, stored)
  const { config: loaded, notice } = loadConfig(storage)
  expect(loaded.organisations).toEqual([])
  expect(notice).toContain(problem)
  expect(notice).toContain(ASIDE)
  saveConfig(storage, config)
  expect(storage.kept.get(ASIDE)).toBe(stored)
})

test('a browser that bars its storage is told of and breaks nothing', () => {
  const storage = createTabStorage({ isBarred: true })
  expect(loadConfig(storage)).toMatchObject({
    config: { organisations: [] },
    notice: expect.stringContaining('The operation is insecure'),
  })
  expect(saveConfig(storage, config)).toContain('did not save the settings')
})

test.each([
  [{ id: '' }, 'organisations[0].id is ""'],
  [{ id: '../etc' }, 'organisations[0].id'],
  [{ name: '' }, 'organisations[0].name is "", which is too short'],
  [{ domain: 'https://mypurecloud.de' }, 'organisations[0].domain is "https://mypurecloud.de"'],
  [{ feed: { url: 'ftp://x', organisation: null } }, 'organisations[0].feed.url'],
  [{ thresholds: { a: { warnAt: 0, criticalAt: 1 } } }, 'warnAt is 0'],
  [
    { thresholds: { a: { warnAt: 0.9, criticalAt: 0.8 } } },
    'organisations[0].thresholds.a warns above critical',
  ],
  [{ thresholds: { a: { warnAt: 0.9, criticalAt: 9 } } }, 'criticalAt is 9'],
  [
    { thresholdChanges: [{ ...change, warnAt: 0.95 }] },
    'organisations[0].thresholdChanges[0] warns above critical',
  ],
  [
    { thresholdChanges: [{ ...change, before: { warnAt: 0, criticalAt: 1 } }] },
    'thresholdChanges[0].before.warnAt is 0',
  ],
  [
    { thresholdChanges: [change, { ...change, from: 0 }] },
    'organisations[0].thresholdChanges is not oldest first',
  ],
  [{ thresholdChanges: Array.from({ length: 201 }, () => change) }, 'thresholdChanges'],
  [{ manualLimits: [{ ...typed, value: -1 }] }, 'manualLimits[0].value is -1'],
  [{ manualLimits: [{ ...typed, value: 2 ** 53 }] }, 'manualLimits[0].value is 9007199254740992'],
  [{ manualLimits: [{ ...typed, value: 1.5 }] }, 'manualLimits[0].value is 1.5'],
  [{ manualLimits: [{ ...typed, author: '' }] }, 'manualLimits[0].author is ""'],
  [{ manualLimits: [{ ...typed, until: 4 }] }, 'manualLimits[0] ends before it begins'],
  [{ limitKeys: { a: { namespace: 'quality' } } }, 'limitKeys.a.key is missing'],
  [
    {
      queues: [
        { id: 'q', name: 'A' },
        { id: 'q', name: 'B' },
      ],
    },
    'queues has two entries with the same id',
  ],
  [{ alertRules: {} }, 'organisations[0].alertRules is an object'],
  [{ alertRules: [{ ...rule, kind: 'guess' }] }, 'organisations[0].alertRules[0].kind'],
  [{ alertRules: [{ ...rule, name: '' }] }, 'alertRules[0].name is ""'],
  [{ alertRules: [{ ...rule, severity: 'bad' }] }, 'alertRules[0].severity is "bad"'],
  [{ alertRules: [{ ...rule, holdMs: '5' }] }, 'alertRules[0].holdMs is "5"'],
  [
    { alertRules: [{ ...rule, levels: { fireAt: 0.8, clearBelow: 0.9, clearSamples: 3 } }] },
    'organisations[0].alertRules[0] cannot be used: the level that clears must be above 0',
  ],
  [{ alertRules: [{ ...refusals, classes: [] }] }, 'cannot be used: choose at least one class'],
  [
    { alertRules: [{ ...refusals, tiers: [{ ...refusals.tiers[0], shortMs: 5 }] }] },
    'cannot be used: the short window must be 20 s or longer',
  ],
  [{ alertRules: [rule, rule] }, 'alertRules has two entries with the same id'],
  [{ alertRules: Array.from({ length: 51 }, () => rule) }, 'alertRules'],
  [{ auditEveryMs: 5 }, 'auditEveryMs is 5'],
  [{ socketsPerUser: 0 }, 'socketsPerUser is 0'],
  [{ idleStopMs: 5 }, 'idleStopMs is 5'],
  [{ simulation: { scenario: 'quiet', seed: 1.5, startMs: 0 } }, 'simulation.seed is 1.5'],
])('an organisation with %j is refused, naming the field', (wrong, problem) => {
  const parsed = parseConfig({ version: 5, organisations: [{ ...acme, ...wrong }] })
  expect(parsed).toEqual({ ok: false, problem: expect.stringContaining(problem) })
})

test('two organisations of one id are refused, and not saved', () => {
  const storage = createTabStorage()
  expect(saveConfig(storage, { version: 5, organisations: [acme, acme] })).toContain(
    'organisations has two entries with the same id',
  )
  expect(storage.kept.size).toBe(0)
})

test('older settings pass through every upgrader between, in order', () => {
  const upgraders = {
    1: (old: Record<string, unknown>) => ({ ...old, steps: ['1→2'] }),
    2: (old: Record<string, unknown>) => ({
      ...old,
      steps: [...(old['steps'] as string[]), '2→3'],
    }),
  }
  expect(upgradeConfig({ version: 1, kept: true }, 3, upgraders)).toEqual({
    ok: true,
    value: { version: 3, kept: true, steps: ['1→2', '2→3'] },
  })
})

test('a metric without thresholds of its own has the usual ones, whatever it is called', () => {
  expect(thresholdsOf(demo, 'calls.concurrent')).toEqual({ warnAt: 0.7, criticalAt: 0.9 })
  expect(thresholdsOf(demo, 'constructor')).toEqual({ warnAt: 0.8, criticalAt: 0.9 })
})
