import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { TenantsReply, TenantsRequest } from './tenants.ts'

export type Tenants = {
  /** One per organisation, without a slash at the end. */
  urls: readonly string[]
  /** CPU that they have used so far, in milliseconds. */
  cpuMs: () => Promise<number>
  close: () => void
}

/** Starts so many simulated organisations in a process of their own: what they cost is then not the page's. */
export async function openTenants(count: number): Promise<Tenants> {
  const child = fork(join(import.meta.dirname, 'tenants.ts'), {
    execArgv: ['--import', 'tsx'],
  })
  async function ask<Kind extends TenantsReply['kind']>(request: TenantsRequest, kind: Kind) {
    child.send(request)
    const [reply] = (await once(child, 'message')) as [TenantsReply]
    if (reply.kind !== kind) throw new Error(`${kind} was asked for, and ${reply.kind} came`)
    return reply as Extract<TenantsReply, { kind: Kind }>
  }
  const { urls } = await ask({ kind: 'start', count }, 'started')
  return {
    urls,
    cpuMs: async () => (await ask({ kind: 'cpu' }, 'cpu')).ms,
    close: () => child.disconnect(),
  }
}
