import { REGIONS } from '#sources/genesys/regions.ts'

/**
 * A simulator or a feed on this machine. No `http://[::1]:*`: a policy has no way to write an IPv6
 * address, and Chromium reports one as an error on every page.
 */
const LOOPBACK = ['127.0.0.1', 'localhost'].flatMap((host) => [
  `http://${host}:*`,
  `ws://${host}:*`,
])

const regionHosts = REGIONS.flatMap(({ domain }) => [
  `https://api.${domain}`,
  `https://login.${domain}`,
  `wss://streaming.${domain}`,
])

/**
 * What the page may load, talk to and be framed by. `connect` are further origins the user allowed. Inline
 * styles are allowed because the UI kit writes its theme that way; scripts and workers are ours alone.
 */
export function contentSecurityPolicy(connect: readonly string[]): string {
  const frameHosts = REGIONS.map(({ domain }) => `https://apps.${domain}`)
  const directives: Readonly<Record<string, readonly string[]>> = {
    'default-src': ["'self'"],
    'script-src': ["'self'"],
    'worker-src': ["'self'"],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'blob:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'", ...regionHosts, ...LOOPBACK, ...connect],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'self'", ...frameHosts],
  }
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ')
}

const CONNECTABLE = /^(https?|wss?):$/

/**
 * An origin as it may stand in the policy, or null where the text is none: a scheme of http, https,
 * ws or wss, a host name or IPv4 address, and a port at most.
 */
export function connectOrigin(text: string): string | null {
  if (!URL.canParse(text)) return null
  const { protocol, host, pathname, search, hash, username } = new URL(text)
  const isBare = pathname === '/' && search === '' && hash === '' && username === ''
  // A policy is a list of words: a host with other characters could add a directive of its own.
  if (!CONNECTABLE.test(protocol) || !isBare || !/^[a-z\d.-]+(:\d+)?$/.test(host)) return null
  return `${protocol}//${host}`
}
