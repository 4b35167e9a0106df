import type { IncomingMessage, ServerResponse } from 'node:http'

const MOST_BODY_BYTES = 1_000_000

/** A request that is too large to be meant for a simulator. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge'
}

/** The whole body of a request. Throws BodyTooLarge. */
export async function bodyOf(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = []
  let sizeBytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length
    if (sizeBytes > MOST_BODY_BYTES) throw new BodyTooLarge(`The body is over ${MOST_BODY_BYTES} B`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Where a request was sent to, as the client spelled the host. */
export const urlOf = (request: IncomingMessage, fallback: string) =>
  new URL(`http://${request.headers.host ?? fallback}${request.url ?? '/'}`)

/** Node's request as the standard one; `signal` tells that the client has gone. */
export async function asRequest(
  request: IncomingMessage,
  url: URL,
  signal: AbortSignal,
): Promise<Request> {
  const method = request.method ?? 'GET'
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers))
    if (typeof value === 'string') headers.set(name, value)
  const body = method === 'GET' || method === 'HEAD' ? null : await bodyOf(request)
  return new Request(url, { method, headers, signal, ...(body?.length ? { body } : {}) })
}

/** Writes a standard response. A reply to HEAD has no body. */
export async function writeResponse(target: ServerResponse, response: Response, isHead: boolean) {
  const body = Buffer.from(await response.arrayBuffer())
  target.writeHead(response.status, {
    ...Object.fromEntries(response.headers),
    ...(response.status === 204 ? {} : { 'content-length': String(body.length) }),
  })
  target.end(isHead ? undefined : body)
}
