import { WebSocket } from 'ws'

/** What became of one attempt to connect. */
export type Attempt = { status: 101; socket: WebSocket } | { status: number; socket: null }

/**
 * Opens messenger guest sockets one after another, as a load script would, and reports each answer
 * to the handshake. The page cannot see that answer; a script can.
 */
export async function openGuests(serverUrl: string, count: number): Promise<Attempt[]> {
  const attempts: Attempt[] = []
  for (let i = 0; i < count; i += 1) attempts.push(await openGuest(serverUrl))
  return attempts
}

function openGuest(serverUrl: string): Promise<Attempt> {
  const address = `${serverUrl.replace(/^http/, 'ws').replace(/\/$/, '')}/v1?deploymentId=load-test`
  const socket = new WebSocket(address)
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve({ status: 101, socket }))
    socket.once('unexpected-response', (_request, response) => {
      response.resume()
      resolve({ status: response.statusCode ?? 0, socket: null })
    })
    socket.once('error', reject)
  })
}

/** Closes all that were opened and waits until the server has seen it. */
export async function closeGuests(attempts: readonly Attempt[]): Promise<void> {
  await Promise.all(
    attempts.map(
      ({ socket }) =>
        new Promise<void>((resolve) => {
          if (!socket) return resolve()
          socket.once('close', () => resolve())
          socket.close()
        }),
    ),
  )
}
