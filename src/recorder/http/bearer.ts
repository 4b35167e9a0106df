import { createHash, timingSafeEqual } from 'node:crypto'

/** Whether a request's `Authorization` shows the bearer. Takes the same time however much of it is right. */
export function showsBearer(authorization: string | undefined, bearer: string): boolean {
  const [, shown = ''] = /^Bearer +(\S+) *$/i.exec(authorization ?? '') ?? []
  // Digests have one length: that of the bearer is not told either.
  return timingSafeEqual(digestOf(shown), digestOf(bearer))
}

const digestOf = (text: string) => createHash('sha256').update(text).digest()
