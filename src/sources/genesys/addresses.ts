import { isIpv6Literal, NO_IPV6 } from '../ipv6Literal.ts'
import { regionOfDomain } from './regions.ts'

/** Where an organisation is asked. None of them ends in a slash. */
export type Addresses = {
  /** As a person would type it: `mypurecloud.de`, `127.0.0.1:8787`. */
  domain: string
  /** Only `loopback` and `simulated` may ever be sent a client secret by a browser. */
  kind: 'region' | 'typed' | 'loopback' | 'simulated'
  api: string
  login: string
  /** Null where the organisation serves no feed of its own. */
  feed: string | null
}

/** What was typed, understood; or what is wrong with it, in one sentence. */
export type AddressReading =
  | { addresses: Addresses; problem: null }
  | { addresses: null; problem: string }

const LOOPBACK = /^(?:http:\/\/)?((?:localhost|127\.0\.0\.1)(?::(\d{1,5}))?)\/?$/i
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
const DOMAIN = new RegExp(`^(?=.{4,253}$)(?:${LABEL}\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$`)
const HOST_OF_DOMAIN = /^(api|login|apps|streaming|webmessaging)\.(?=.+\..+)/

/**
 * Reads a typed address: a domain of Genesys Cloud (`api.` and `login.` are put before it), or a
 * loopback address with an optional port, which means plain HTTP and one origin for everything.
 */
export function readAddress(typed: string): AddressReading {
  const text = typed.trim().toLowerCase()
  const loopback = LOOPBACK.exec(text)
  if (loopback) {
    const [, host = '', port] = loopback
    return Number(port ?? 80) > 65_535 || Number(port ?? 80) === 0
      ? problem(`${port} is no port: ports go from 1 to 65535.`)
      : { addresses: oneOrigin(`http://${host}`, host, 'loopback'), problem: null }
  }
  if (text === '')
    return problem('Type a domain such as mypurecloud.de, or an address such as 127.0.0.1:8787.')
  if (isIpv6Literal(text)) return problem(NO_IPV6)
  if (text.includes('://') || text.includes('/'))
    return problem('Type the domain alone, without https:// and without a path: mypurecloud.de.')
  if (text.includes(':'))
    return problem('Only loopback addresses such as 127.0.0.1:8787 may have a port.')
  if (!DOMAIN.test(text))
    return problem(`“${typed.trim()}” is not a domain such as mypurecloud.de.`)
  if (HOST_OF_DOMAIN.test(text))
    return problem(`Leave out the first part: ${text.replace(HOST_OF_DOMAIN, '')}.`)
  return { addresses: domainAddresses(text), problem: null }
}

/**
 * The addresses of a domain that was read before, as from the settings. Throws a RangeError
 * otherwise.
 */
export function addressesOf(domain: string): Addresses {
  const { addresses, problem: reason } = readAddress(domain)
  if (!addresses) throw new RangeError(reason)
  return addresses
}

/**
 * A simulated organisation inside the page: one base, such as `${origin}/simulated/{id}`, serves
 * all.
 */
export const simulatedAddresses = (base: string): Addresses =>
  oneOrigin(base.replace(/\/+$/, ''), 'simulated', 'simulated')

const domainAddresses = (domain: string): Addresses => ({
  domain,
  kind: regionOfDomain(domain) ? 'region' : 'typed',
  api: `https://api.${domain}`,
  login: `https://login.${domain}`,
  feed: null,
})

const oneOrigin = (base: string, domain: string, kind: Addresses['kind']): Addresses => ({
  domain,
  kind,
  api: base,
  login: base,
  feed: base,
})

const problem = (reason: string): AddressReading => ({ addresses: null, problem: reason })
