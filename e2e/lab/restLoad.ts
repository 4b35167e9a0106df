import { join } from 'node:path'
import { optionWords, startProgram } from './command.ts'

/** What autocannon says of a run, as far as the lab reads it. */
export type RestResult = { requests: { sent: number }; '2xx': number; '4xx': number; '5xx': number }

/**
 * Asks the organisation's API with autocannon, with a token of its own: so many requests, so many a
 * second. Gives what it printed, as text.
 */
export async function playRest(
  url: string,
  bearer: string,
  load: { requests: number; perSec: number },
): Promise<string> {
  const options = optionWords({
    json: true,
    'no-progress': true,
    amount: load.requests,
    overallRate: load.perSec,
    connections: 4,
    headers: `Authorization=Bearer ${bearer}`,
  })
  const main = join('node_modules', 'autocannon', 'autocannon.js')
  const running = startProgram(process.execPath, [main, ...options, url])
  if ((await running.ended) === 0) return running.out()
  throw new Error(`autocannon failed: ${running.said()}`)
}

/** A token of the simulated organisation, for a client that is nobody else's. */
export async function tokenFor(serverUrl: string): Promise<string> {
  const reply = await fetch(`${serverUrl}/login/oauth/token`, {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa('load-tool:any')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  })
  if (!reply.ok) throw new Error(`${reply.url} answered ${reply.status}`)
  return ((await reply.json()) as { access_token: string }).access_token
}
