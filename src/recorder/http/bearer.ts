import { createHash, timingSafeEqual } from 'node:crypto'

/** Whether a request's `Authorization` shows the bearer. Takes the same time however much of it is right. */
export const showsBearer = (authorization: string | undefined, bearer: string): boolean =>
  // Digests have one length: that of the bearer is not told either.
  timingSafeEqual(digestOf(shownBearer(authorization)), digestOf(bearer))

/** What a request's `Authorization` shows as its bearer; empty where it shows none. */
export const shownBearer = (authorization: string | undefined): string =>
  /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1] ?? ''

const digestOf = (text: string) => createHash('sha256').update(text).digest()
