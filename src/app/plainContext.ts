import { epochMs } from '#domain/units.ts'
import type { AskContext } from '#sources/polledSource.ts'

/** For the few requests that no monitor makes: sign-in, sign-out, a check of a feed's address. */
export const plainContext = (signal: AbortSignal): AskContext => ({
  signal,
  now: () => epochMs(Date.now()),
  fetch: (url, init) => fetch(url, { ...init, signal }),
})
