import { readFileSync } from 'node:fs'
import { Ajv, type AnySchema, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import { expect, test } from 'vitest'
import { SCENARIOS } from '../scenarios.ts'
import type { ScenarioName } from '../scenarios/scenario.ts'
import { steeredTenant } from '../steeredTenant.ts'
import { ROUTES } from '../tenant/api.ts'
import { goodRequests } from './goodRequests.ts'

type Operation = {
  permissions: string[]
  errorCodes: Record<string, string[]>
  reply: AnySchema | null
  body: AnySchema | null
}
type Contract = {
  operations: Record<string, Operation>
  components: { schemas: Record<string, Record<string, unknown>> }
}

const contract = JSON.parse(
  readFileSync(new URL('./openapi.json', import.meta.url), 'utf8'),
) as Contract

/** Unknown members are errors here: the simulator must not invent fields of the API. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed)
  if (typeof node !== 'object' || node === null) return node
  const copy = Object.fromEntries(Object.entries(node).map(([name, each]) => [name, closed(each)]))
  return 'properties' in copy && !('additionalProperties' in copy)
    ? { ...copy, additionalProperties: false }
    : copy
}

const ajv = new Ajv({ strict: false, allErrors: true })
addFormats.default(ajv)
ajv.addSchema({
  $id: 'contract',
  components: closed(contract.components) as Record<string, unknown>,
})

const validators = new Map<string, ValidateFunction>()
function validatorOf(schema: AnySchema): ValidateFunction {
  const key = JSON.stringify(schema).replaceAll('"#/', '"contract#/')
  const known = validators.get(key)
  if (known) return known
  const validator = ajv.compile(closed(JSON.parse(key)) as AnySchema)
  validators.set(key, validator)
  return validator
}

function expectFit(schema: AnySchema, value: unknown, what: string) {
  const validate = validatorOf(schema)
  const fits = validate(value)
  expect(fits, `${what}: ${ajv.errorsText(validate.errors)}`).toBe(true)
}

const ERROR_BODY = { $ref: '#/components/schemas/ErrorBody' }

/** Signs in as a person, since an application may not ask about "me". */
async function signedIn(scenario: ScenarioName) {
  const steered = steeredTenant(scenario, { tokenLifetimeSec: 3600 })
  const address =
    '/oauth/authorize?response_type=code&client_id=c&redirect_uri=http%3A%2F%2F127.0.0.1%2Fback'
  const allowed = await steered.fetch(address, {
    method: 'POST',
    body: new URLSearchParams({ decision: 'allow' }),
  })
  const code = new URL(allowed.headers.get('Location')!).searchParams.get('code')!
  const { access_token } = await steered.json<{ access_token: string }>('/oauth/token', {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'c',
      client_secret: 's',
      code,
      redirect_uri: 'http://127.0.0.1/back',
    }),
  })
  steered.carry(access_token)
  return steered
}

test('every operation that is played is in the description, with its permissions', () => {
  for (const { method, path, permissions = [] } of ROUTES) {
    const operation = contract.operations[`${method} ${path}`]
    expect(operation, `${method} ${path}`).toBeDefined()
    expect(operation!.permissions).toEqual(permissions)
  }
})

test('every operation answers as described: limit-raised', () => expectAllFit('limit-raised'))

test.each(SCENARIOS.map(({ name }) => name).filter((name) => name !== 'limit-raised'))(
  'every operation answers as described: %s',
  (name) => expectAllFit(name),
)

async function expectAllFit(name: ScenarioName) {
  const steered = await signedIn(name)
  const missing = steered.tenant.world.scenario.missingPermissions
  const requests = await goodRequests(steered)
  // Signing out comes last: nothing is answered after it.
  const order = ROUTES.toSorted(
    (a, b) => Number(a.path.endsWith('tokens/me')) - Number(b.path.endsWith('tokens/me')),
  ).toSorted((a, b) => Number(a.method === 'DELETE') - Number(b.method === 'DELETE'))
  for (const { method, path, permissions = [] } of order) {
    const key = `${method} ${path}`
    const operation = contract.operations[key]!
    const request = requests[key]
    expect(request, key).toBeDefined()
    if (name === 'limit-raised') expect(request!.paths.length, key).toBeGreaterThan(0)
    for (const address of request!.paths) {
      if (request!.body !== undefined && operation.body)
        expectFit(operation.body, request!.body, `body of ${key}`)
      const response = await steered.fetch(address, {
        method,
        ...(request!.body === undefined ? {} : { body: JSON.stringify(request!.body) }),
      })
      const isForbidden =
        permissions.length > 0 && permissions.every((each) => missing.includes(each))
      expect(response.status, key).toBe(isForbidden ? 403 : 200)
      if (isForbidden) expectFit(ERROR_BODY, await response.json(), key)
      else if (operation.reply) expectFit(operation.reply, await response.json(), key)
    }
  }
}

test('the description would notice an invented or a wrong field', () => {
  const schema = contract.operations['GET /api/v2/telephony/calls/metrics']!.reply!
  expect(validatorOf(schema)({})).toBe(false)
  expect(validatorOf(ERROR_BODY)({ message: 'x', invented: 1 })).toBe(false)
})

test.each([
  ['401', '/api/v2/organizations/me', {}, { carry: null }],
  ['401', '/api/v2/organizations/me', {}, { carry: 'forged.token' }],
  ['403', '/api/v2/telephony/calls/metrics', {}, { missing: 'telephony:callMetrics:view' }],
  ['404', '/api/v2/notifications/channels/none/subscriptions', {}, {}],
  ['400', '/api/v2/telephony/calls/metrics?metricType=moon', {}, {}],
  ['400', '/api/v2/analytics/queues/observations/query', { method: 'POST', body: '{}' }, {}],
  ['400', '/api/v2/analytics/queues/observations/query', { method: 'POST', body: '{' }, {}],
] as const)(
  '%s of %s is an ErrorBody that carries the correlation id',
  async (status, path, init, how) => {
    const missing = 'missing' in how ? [how.missing] : []
    const steered = steeredTenant('quiet', { missingPermissions: missing })
    await steered.signIn()
    if ('carry' in how) steered.carry(how.carry)
    const response = await steered.fetch(path, init)
    expect(response.status).toBe(Number(status))
    const body = (await response.json()) as { contextId: string; code: string; status: number }
    expectFit(ERROR_BODY, body, path)
    expect(body.status).toBe(Number(status))
    expect(body.contextId).toBe(response.headers.get('ININ-Correlation-Id'))
  },
)

test.each(['/api/v2/telephony/calls/metrics', '/api/v2/users/me'])(
  'codes of errors of %s are among those described',
  async (path) => {
    const codes = contract.operations[`GET ${path}`]!.errorCodes
    const steered = steeredTenant('quiet', {
      missingPermissions: ['telephony:callMetrics:view'],
      faults: [
        { path, kind: 'status', status: 500, times: 1 },
        { path, kind: 'status', status: 503, times: 1 },
        { path, kind: 'status', status: 504, times: 1 },
        { path, kind: 'rateLimitedWithoutRetryAfter', times: 1 },
      ],
    })
    await steered.signIn()
    for (let turn = 0; turn < 5; turn += 1) {
      const response = await steered.fetch(path)
      const { code, status } = (await response.json()) as { code: string; status: number }
      expect(response.ok).toBe(false)
      expect(codes[status], `${status}`).toContain(code)
    }
  },
)
