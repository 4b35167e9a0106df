import type { IncomingMessage, ServerResponse } from 'node:http'
import * as z from 'zod/mini'
import { parseShape } from '#sources/shape.ts'
import { readBody } from '../http/readBody.ts'
import { type HttpReply, jsonReply, refusal } from '../http/reply.ts'
import type { WallBook } from './wallBook.ts'

/** Where walls beat, and where one reads how they are. */
export const WALLS_PATH = '/walls'

const LONGEST_BEAT_BYTES = 1_024
const beatShape = z.object({
  // A name stands in a log line and in a label.
  name: z.string().check(z.minLength(1), z.maxLength(60), z.regex(/^[^\p{Cc}]*$/u)),
  isBlind: z.boolean(),
})

/**
 * `POST /walls` takes a beat of a page of this server, `GET /walls` tells how each wall is. Beats need no token: they say
 * nothing that anybody acts on but a name, and there is room for few.
 */
export const wallAnswerer =
  (book: WallBook, mayRead: (authorization: string | undefined) => boolean) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const reply =
      request.method === 'POST'
        ? await beatAnswer(book, request)
        : mayRead(request.headers.authorization)
          ? jsonReply(200, { walls: book.look() })
          : refusal(401, 'A bearer token is needed, and this is not it.', {
              'WWW-Authenticate': 'Bearer',
            })
    response.writeHead(reply.status, { 'Cache-Control': 'no-store', ...reply.headers })
    response.end(request.method === 'HEAD' ? undefined : reply.body)
  }

async function beatAnswer(book: WallBook, request: IncomingMessage): Promise<HttpReply> {
  if (!isOfOwnPage(request)) return refusal(403, 'Beats come from the pages of this server alone.')
  const text = await readBody(request, LONGEST_BEAT_BYTES)
  if (text === null)
    return refusal(413, `A beat has at most ${LONGEST_BEAT_BYTES} bytes.`, { Connection: 'close' })
  const beat = parseShape(beatShape, jsonIn(text))
  if (!beat.ok) return refusal(400, `This is no beat of a wall: ${beat.problem}.`)
  return book.beat(beat.value)
    ? { status: 204, headers: {}, body: '' }
    : refusal(503, 'There are too many walls for one more.')
}

/** A browser says where a POST comes from, and pages cannot forge it. Behind a proxy the host may be another. */
function isOfOwnPage({ headers }: IncomingMessage): boolean {
  const { origin, host } = headers
  if (headers['sec-fetch-site'] === 'same-origin') return true
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // No JSON has no shape either: the answer says what was expected.
    return undefined
  }
}
