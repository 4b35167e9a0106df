import { isIpv6Literal, NO_IPV6 } from '../ipv6Literal.ts'

/** A feed's address as typed: usable, or what is wrong with it, in one sentence. */
export type FeedUrlReading = { url: string; problem: null } | { url: null; problem: string }

const LOOPBACK = /^(localhost|127\.0\.0\.1)(:|\/|$)/i

/**
 * Reads a typed feed address. Without a scheme it is plain HTTP on loopback and HTTPS elsewhere; a
 * path is kept, so that a feed may live below one; a slash at the end is dropped.
 */
export function readFeedUrl(typed: string): FeedUrlReading {
  const text = typed.trim()
  if (isIpv6Literal(text)) return problem(NO_IPV6)
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
    ? ''
    : LOOPBACK.test(text)
      ? 'http://'
      : 'https://'
  const url = text === '' || /\s/.test(text) ? null : urlOrNull(scheme + text)
  if (!url) return problem(`“${text}” is no address: type one such as http://127.0.0.1:8787.`)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return problem('A feed is read over http or https.')
  if (url.username || url.password)
    return problem('Leave name and password out of the address; a token has a field of its own.')
  if (url.search || url.hash) return problem('A feed address ends before “?” and “#”.')
  return { url: (url.origin + url.pathname).replace(/\/+$/, ''), problem: null }
}

function urlOrNull(text: string): URL | null {
  try {
    return new URL(text)
  } catch {
    // `URL.parse` says the same without throwing, from Node 22 on.
    return null
  }
}

const problem = (reason: string): FeedUrlReading => ({ url: null, problem: reason })
