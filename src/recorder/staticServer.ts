import { createReadStream, existsSync } from 'node:fs'
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { contentSecurityPolicy } from './contentSecurityPolicy.ts'
import { type StaticFile, staticFileOf } from './staticFiles.ts'

export type StaticServerOptions = {
  /** The built app: the folder that holds `index.html`. */
  folder: string
  host: string
  /** 0 takes any free one. */
  port: number
  /** Origins the page may talk to beside those of the regions and loopback. */
  connect: readonly string[]
  /** Certificate chain and key, as PEM; plain http where left out. */
  tls?: { cert: string; key: string } | undefined
  /** What answers below a path, before files do. */
  mounts?: readonly Mount[]
}

export type Mount = {
  /** `/prometheus`: itself and all below it. */
  prefix: string
  /** Beside GET and HEAD. */
  methods?: readonly string[]
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>
}

export type StaticServer = {
  /** E.g. `http://127.0.0.1:4180/`. */
  url: string
  port: number
  /** Stops listening and ends open connections. */
  close: () => Promise<void>
}

/**
 * - `notBuilt`: the folder holds no `index.html`
 * - `portBusy`: another program listens there
 * - `cannotListen`: the address is not of this machine, or not allowed
 * - `badCertificate`: certificate and key are no PEM, or do not belong together
 */
export type StaticServerErrorKind = 'notBuilt' | 'portBusy' | 'cannotListen' | 'badCertificate'

export class StaticServerError extends Error {
  override readonly name = 'StaticServerError'
  readonly kind: StaticServerErrorKind

  constructor(kind: StaticServerErrorKind, message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }
}

/** Where the sign-in comes back to. */
const SIGNED_IN_PATH = '/signed-in'
const SERVICE_WORKER_PATH = '/mockServiceWorker.js'

/** Serves the built app with the headers it needs. Throws StaticServerError. */
export async function startStaticServer(options: StaticServerOptions): Promise<StaticServer> {
  const { host, port, connect } = options
  const folder = resolve(options.folder)
  if (!existsSync(join(folder, 'index.html'))) {
    throw new StaticServerError('notBuilt', `the app is not built: ${folder} has no index.html`)
  }
  const policy = contentSecurityPolicy(connect)
  const server = serverOf(options.tls, (request, response) => {
    // Fails when a file vanishes half-way or the reader leaves: nothing more can be said on this
    // connection, and cutting it tells the reader that the reply is not whole.
    answer(request, response, { folder, policy, mounts: options.mounts ?? [] }).catch(() =>
      response.destroy(),
    )
  })
  await new Promise<void>((onListening, onError) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      onError(
        error.code === 'EADDRINUSE'
          ? new StaticServerError('portBusy', `port ${port} is busy`, { cause: error })
          : new StaticServerError('cannotListen', error.message, { cause: error }),
      ),
    )
    server.listen(port, host, onListening)
  })
  const address = server.address()
  const boundPort = typeof address === 'object' && address ? address.port : port
  return {
    url: `${options.tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${boundPort}/`,
    port: boundPort,
    close: () =>
      new Promise((onClosed, onError) => {
        server.close((error) => (error ? onError(error) : onClosed()))
        server.closeAllConnections()
      }),
  }
}

function serverOf(tls: StaticServerOptions['tls'], listener: RequestListener) {
  if (!tls) return createServer(listener)
  try {
    return createTlsServer(tls, listener)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new StaticServerError('badCertificate', `the certificate cannot be used: ${message}`, {
      cause: error,
    })
  }
}

type Served = { folder: string; policy: string; mounts: readonly Mount[] }

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { folder, policy, mounts }: Served,
): Promise<void> {
  const pathname = pathOf(request.url ?? '/')
  const isBelow = ({ prefix }: Mount) => pathname === prefix || pathname.startsWith(`${prefix}/`)
  const mount = mounts.find(isBelow)
  const methods = ['GET', 'HEAD', ...(mount?.methods ?? [])]
  if (!methods.includes(request.method ?? '')) {
    response.setHeader('Allow', methods.join(', '))
    return say(response, 405, `Only ${methods.join(' and ')} are answered here.`)
  }
  setSecurityHeaders(response, pathname, policy)
  if (mount) return mount.answer(request, response)
  const acceptsHtml = request.headers.accept?.includes('text/html') ?? false
  const file = await staticFileOf(folder, pathname, acceptsHtml)
  if (!file) return say(response, 404, 'There is no such file.')
  setFileHeaders(response, pathname, file)
  if (request.headers['if-none-match']?.split(/,\s*/).includes(file.etag)) {
    response.writeHead(304).end()
    return
  }
  response.setHeader('Content-Length', file.sizeBytes)
  if (request.method === 'HEAD') response.end()
  else await pipeline(createReadStream(file.path), response)
}

/** The path as it was sent: `URL` would resolve `..` before anyone could refuse it. */
const pathOf = (target: string) => /^[^?#]*/.exec(target)![0]

function setSecurityHeaders(response: ServerResponse, pathname: string, policy: string) {
  response.setHeader('Content-Security-Policy', policy)
  response.setHeader('X-Content-Type-Options', 'nosniff')
  response.setHeader('Referrer-Policy', 'no-referrer')
  // The pop-up comes back from a page without this header; were it set there, the browser would cut
  // the pop-up off from the page that opened it.
  if (pathname !== SIGNED_IN_PATH) {
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin-allow-popups')
  }
}

function setFileHeaders(response: ServerResponse, pathname: string, file: StaticFile) {
  response.setHeader('Content-Type', file.contentType)
  response.setHeader('Cache-Control', file.cacheControl)
  response.setHeader('ETag', file.etag)
  if (pathname === SERVICE_WORKER_PATH) response.setHeader('Service-Worker-Allowed', '/')
}

function say(response: ServerResponse, status: number, sentence: string) {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' })
  response.end(response.req.method === 'HEAD' ? undefined : `${sentence}\n`)
}
