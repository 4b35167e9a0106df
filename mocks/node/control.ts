import type { IncomingMessage } from 'node:http'
import type { Tenant } from '../tenant.ts'
import { faultRulesOf } from '../tenant/faults.ts'
import { registryOverridesOf } from '../tenant/registry/overrides.ts'
import { bodyOf } from './httpDoor.ts'

export const CONTROL_PATH = '/_control'

const LOOPBACK = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/

const said = (status: number, body: unknown) => Response.json(body, { status })

const stateOf = (tenant: Tenant) => ({
  scenario: tenant.world.scenario.name,
  seed: tenant.world.seed,
  startMs: tenant.world.startMs,
  organisation: tenant.organisation,
  openSockets: tenant.openSockets(),
})

/**
 * The tester's door, for loopback alone. `GET /_control` tells the state. `POST /_control` takes
 * JSON with any of `faults` (rules that replace all before, see `tenant/faults.ts`),
 * `maxConnections` (a new cap, where the tenant was started with one), `registry` (values of limits by
 * `namespace key`, in place of all before), `revokeTokens: true` and `closeSockets: true` (cuts every
 * socket). It answers with the state after.
 *
 * A page of another origin cannot post JSON without a preflight, and none is granted here.
 */
export async function control(
  tenant: Tenant,
  request: IncomingMessage,
  closeSockets: () => void,
): Promise<Response> {
  if (!LOOPBACK.test(request.socket.remoteAddress ?? ''))
    return said(403, { message: 'Only this machine may control the simulator' })
  if (request.method === 'GET') return said(200, stateOf(tenant))
  if (request.method !== 'POST') return said(405, { message: 'GET or POST' })
  if (!request.headers['content-type']?.startsWith('application/json'))
    return said(415, { message: 'Content-Type must be application/json' })
  try {
    apply(tenant, JSON.parse((await bodyOf(request)).toString()) as unknown, closeSockets)
  } catch (error) {
    if (error instanceof RangeError || error instanceof SyntaxError)
      return said(400, { message: error.message })
    throw error
  }
  return said(200, stateOf(tenant))
}

function apply(tenant: Tenant, command: unknown, closeSockets: () => void) {
  if (typeof command !== 'object' || command === null)
    throw new RangeError('The command must be a JSON object')
  const known = ['faults', 'maxConnections', 'registry', 'revokeTokens', 'closeSockets']
  const unknown = Object.keys(command).find((name) => !known.includes(name))
  if (unknown) throw new RangeError(`${unknown} is not one of ${known.join(', ')}`)
  const wanted = command as Record<string, unknown>
  // All is read before anything is done: a bad command changes nothing.
  const faults = 'faults' in wanted ? faultRulesOf(wanted.faults) : null
  const registry = 'registry' in wanted ? registryOverridesOf(wanted.registry) : null
  const cap = wanted.maxConnections
  if (cap !== undefined && (!Number.isSafeInteger(cap) || (cap as number) < 0))
    throw new RangeError('maxConnections must be a whole number from 0')
  if (cap !== undefined) tenant.setMaxConnections(cap as number)
  if (registry) tenant.setRegistry(registry)
  if (faults) tenant.setFaults(faults)
  if (wanted.revokeTokens === true) tenant.revokeTokens()
  if (wanted.closeSockets === true) closeSockets()
}
