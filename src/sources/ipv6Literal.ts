/**
 * Whether a typed address names its host by an IPv6 address, with or without a scheme: `[::1]:8787`,
 * `::1`. Nobody else writes two colons before the first slash.
 */
export const isIpv6Literal = (typed: string) =>
  /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:\[|[0-9a-f]*:[0-9a-f]*:)/i.test(typed.trim())

/**
 * A content security policy has no way to write an IPv6 host (CSP 3, host-source), so the served page
 * could never ask one. Refused everywhere, in Node too: one rule for one settings file.
 */
export const NO_IPV6 =
  'Browsers do not let this page ask an IPv6 address: type 127.0.0.1 or localhost, or a name.'
