import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import type { Tenant } from '../tenant.ts'
import { HEARTBEAT_MS, type SocketSession } from '../tenant/sockets.ts'
import { urlOf } from './httpDoor.ts'

const MOST_MESSAGE_BYTES = 65_536

/** Answers WebSocket handshakes for a tenant; those it refuses get a plain HTTP reply. */
export function createSocketDoor(tenant: Tenant, fallbackHost: () => string) {
  const server = new WebSocketServer({ noServer: true, maxPayload: MOST_MESSAGE_BYTES })

  function attach(socket: WebSocket, session: SocketSession) {
    const { heartbeat } = session
    const beats =
      heartbeat === null ? null : setInterval(() => socket.send(heartbeat), HEARTBEAT_MS)
    socket.on('message', (data: RawData, isBinary: boolean) => {
      if (!isBinary) session.onMessage((data as Buffer).toString())
    })
    socket.on('close', () => {
      if (beats) clearInterval(beats)
      session.onClose()
    })
    // A broken socket is closed as well, and its close is what counts.
    socket.on('error', () => socket.terminate())
  }

  return {
    async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer) {
      const decision = tenant.upgrade(urlOf(request, fallbackHost()))
      if (decision instanceof Response) return refuse(socket, decision)
      let isOpen = false
      // `ws` calls back before it returns, unless the handshake itself is malformed.
      server.handleUpgrade(request, socket, head, (accepted) => {
        isOpen = true
        const session = decision.open({
          send: (data) => accepted.send(data),
          close: (code, reason) => accepted.close(code, reason),
        })
        attach(accepted, session)
      })
      if (!isOpen) decision.cancel()
    },
    /** Cuts every socket, as a broken line does. */
    terminateAll() {
      for (const socket of server.clients) socket.terminate()
    },
    close: () =>
      new Promise<void>((done) => {
        for (const socket of server.clients) socket.terminate()
        server.close(() => done())
      }),
  }
}

/** Writes a refusal by hand: there is no response object for a handshake. */
async function refuse(socket: Duplex, response: Response) {
  const body = Buffer.from(await response.arrayBuffer())
  const headers = [
    ...response.headers,
    ['Connection', 'close'],
    ['Content-Length', String(body.length)],
    ['Date', new Date().toUTCString()],
  ]
  const lines = [
    `HTTP/1.1 ${response.status} ${STATUS_CODES[response.status] ?? ''}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ]
  // A client that hangs up first has its answer already: it was refused.
  socket.on('error', () => socket.destroy())
  socket.end(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), body]))
}
