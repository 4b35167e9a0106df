import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createTenant, type Tenant, type TenantOptions } from '../tenant.ts'
import { CONTROL_PATH, control } from './control.ts'
import { asRequest, BodyTooLarge, urlOf, writeResponse } from './httpDoor.ts'
import { createSocketDoor } from './socketDoor.ts'

export type TenantServerOptions = Omit<TenantOptions, 'startMs' | 'now' | 'basePath'> & {
  /** 0 takes a free one. */
  port: number
  host?: string
  /** Default: now. */
  startMs?: number
  now?: () => number
}

export type TenantServer = {
  /** Without a slash at the end. */
  url: string
  port: number
  tenant: Tenant
  /** Cuts all sockets and connections, then stops listening. */
  close: () => Promise<void>
}

/**
 * The simulated organisation on a port: HTTP and WebSockets on one address. Rejects with Node's own
 * error (`code` says `EADDRINUSE`, `EACCES`, …) where it cannot listen.
 */
export async function startTenantServer(options: TenantServerOptions): Promise<TenantServer> {
  const { port, host = '127.0.0.1', now = Date.now, ...rest } = options
  const tenant = createTenant({ ...rest, now, startMs: options.startMs ?? now() })
  const server = createServer()
  let address = host
  const door = createSocketDoor(tenant, () => address)

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const url = urlOf(request, address)
    const isHead = request.method === 'HEAD'
    if (url.pathname === CONTROL_PATH) {
      const reply = await control(tenant, request, () => door.terminateAll())
      return writeResponse(response, reply, isHead)
    }
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    const asked = await asRequest(request, url, gone.signal)
    const reply = await tenant.fetch(asked)
    await writeResponse(response, reply, isHead)
  }

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response).catch((error: unknown) => {
      // A client that has gone hears nothing, whatever went wrong.
      if (response.destroyed) return
      const status = error instanceof BodyTooLarge ? 413 : 500
      response.writeHead(status, { 'Content-Type': 'text/plain', Connection: 'close' })
      response.end(error instanceof Error ? error.message : String(error))
    })
  })
  server.on('upgrade', (request, socket, head) => {
    // The handshake cannot be answered any more; the client sees a broken line.
    door.upgrade(request, socket, head).catch(() => socket.destroy())
  })

  await new Promise<void>((listening, failed) => {
    server.once('error', failed)
    server.listen(port, host, () => {
      server.off('error', failed)
      listening()
    })
  })
  const bound = (server.address() as AddressInfo).port
  address = `${host.includes(':') ? `[${host}]` : host}:${bound}`
  return {
    url: `http://${address}`,
    port: bound,
    tenant,
    async close() {
      await door.close()
      await new Promise<void>((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      })
    },
  }
}
