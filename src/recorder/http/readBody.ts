import type { IncomingMessage } from 'node:http'

/**
 * The text of a request's body; null where it is longer than so many bytes: the rest is not read.
 * Rejects where the sender goes before its end.
 */
export function readBody(request: IncomingMessage, mostBytes: number): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let bytes = 0
    request.on('data', (part: Buffer) => {
      bytes += part.length
      if (bytes <= mostBytes) parts.push(part)
      else {
        request.pause()
        resolve(null)
      }
    })
    request.once('end', () => resolve(Buffer.concat(parts).toString('utf8')))
    request.once('close', () => reject(new Error('the sender left before the end')))
    request.once('error', reject)
  })
}
