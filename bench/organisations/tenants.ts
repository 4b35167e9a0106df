/**
 * The simulated organisations that a page of a bench asks, in a process of their own: forked, and steered by messages. Each has a port, as each region has a host: over
 * HTTP/1.1 a browser opens six connections to one, and all organisations would stand in one queue.
 */
import { startTenantServer, type TenantServer } from '#mocks/node/server.ts'
import { scenarioNamed } from '#mocks/scenarios.ts'

/** What the bench asks of this process. */
export type TenantsRequest = { kind: 'start'; count: number } | { kind: 'cpu' }

/** What it answers: where the organisations are; how much CPU this process has used, in milliseconds. */
export type TenantsReply =
  | { kind: 'started'; urls: readonly string[] }
  | { kind: 'cpu'; ms: number }

const tell = (reply: TenantsReply) => process.send!(reply)

async function start(count: number) {
  const servers: TenantServer[] = []
  for (let seed = 1; seed <= count; seed++)
    servers.push(await startTenantServer({ scenario: scenarioNamed('quiet')!, seed, port: 0 }))
  tell({ kind: 'started', urls: servers.map(({ url }) => url) })
}

process.on('message', (request: TenantsRequest) => {
  if (request.kind === 'start') return void start(request.count)
  const { user, system } = process.cpuUsage()
  tell({ kind: 'cpu', ms: (user + system) / 1000 })
})
// The bench has ended, however it did.
process.on('disconnect', () => process.exit())
