/**
 * What the words of a failure say. `status`: a reply with that status. `ours`: the writer's own
 * doing, no request failed (cancelled, blocked, a mistake of the test plan). `handshake`: a
 * WebSocket did not open, and the words do not say why. `unreached`: there was no connection.
 * `unanswered`: there was none, or no reply came over it. `socket`: an exception of a WebSocket
 * that says no more.
 */
export type Said =
  | { kind: 'status'; status: number; isHandshake: boolean }
  | { kind: 'ours' | 'handshake' | 'unreached' | 'unanswered' | 'socket' }

/**
 * No request left the machine, or nobody waited for its reply: JMeter's mistakes of a test plan,
 * cancelled and blocked requests of Chrome (`net_error_list.h`) and Firefox, k6's own refusals.
 */
const OURS =
  /\b(?:URISyntax|MalformedURL|IllegalArgument|IllegalState|FileNotFound|ClassCast|NullPointer|\w*Script|UnsupportedEncoding)\w*(?:Exception|Error)|net::ERR_(?:ABORTED|BLOCKED_BY_\w+|INSUFFICIENT_RESOURCES|INVALID_URL|UNKNOWN_URL_SCHEME|DISALLOWED_URL_SCHEME|CACHE_MISS|FILE_\w+|UNSAFE_PORT)|NS_BINDING_ABORTED|NS_ERROR_(?:DOM_BAD_URI|MALFORMED_URI|CORRUPTED_CONTENT)|ip is blacklisted|hostname is blocked|WebSocket is closed before the connection is established/i

/**
 * A status from 400 in words: `Unexpected server response: 503`, `HTTP/1.1 503`, `but actually
 * found 503`.
 */
const STATUS_IN_WORDS =
  /(?:response(?: code)?|status(?: code)?|HTTP(?:\/\d(?:\.\d)?)?|handshake|(?:actually|,) found|but got)\D{0,20}\b([45]\d\d)\b/gi

/** Words that make such a status the answer to a handshake. */
const OF_HANDSHAKE = /websocket|upgrade|handshake|unexpected (?:server )?response/i

/**
 * Words that make it one even beside an exception that speaks of no reply. A TLS handshake is none.
 */
const SURELY_HANDSHAKE = /websocket|upgrade|unexpected (?:server )?response/i

/**
 * A handshake that failed without a word of why. Firefox writes its "connection refused" of a
 * WebSocket for a 403 as well as for a port that nobody listens on.
 */
const BAD_HANDSHAKE =
  /websocket: bad handshake|NS_ERROR_WEBSOCKET_CONNECTION_REFUSED|(?:Upgrade|WebSocket\w*Handshake)\w*Exception|non-101 status|Http Upgrade failed/i

/** There was no connection: names, ports, routes, TLS. Java, Node, Go, Chrome, Firefox. */
const UNREACHED =
  /UnknownHost|HttpHostConnect|\bConnectException|ConnectTimeout|NoRouteToHost|\bSSL\w*Exception|ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|no such host|connection refused|\bdial(?: tcp|:)|\bx509\b|connect(?:ion)? timed out|net::ERR_(?:CONNECTION_REFUSED|CONNECTION_TIMED_OUT|CONNECTION_FAILED|NAME_\w+|ADDRESS_\w+|INTERNET_DISCONNECTED|NETWORK_CHANGED|PROXY_\w+|TUNNEL_\w+|SSL_\w+|CERT_\w+)|NS_ERROR_(?:CONNECTION_REFUSED|UNKNOWN_HOST|UNKNOWN_PROXY_HOST|PROXY_\w+|OFFLINE)|SEC_ERROR_\w+|SSL_ERROR_\w+/i

/** No reply came, whatever there was before. */
const UNANSWERED =
  /Non HTTP response|NoHttpResponse|failed to respond|Socket(?:Timeout)?Exception|ConnectionClosedException|ECONNRESET|ETIMEDOUT|ECONNABORTED|ESOCKETTIMEDOUT|EPIPE|UND_ERR_\w+|socket hang up|Failed to fetch|Premature close|Remotely closed|connection (?:was )?(?:reset|aborted|closed)|broken pipe|unexpected EOF|\bEOF\b|deadline exceeded|(?<!gateway )\b(?:timed out|time-?out)\b|net::ERR_\w+|NS_ERROR_NET_\w+/i

const SOCKET = /websocket\w*(?:Exception|Error)\b/i

/**
 * Reads the words of a failure; null where they say nothing that is known here. `isNoReply` tells
 * that the writer says there was no HTTP reply: a number in the words is then a status only where
 * they speak of a WebSocket, for a proxy's own words do reach an exception's message.
 */
export function failureWords(text: string, isNoReply: boolean): Said | null {
  if (OURS.test(text)) return { kind: 'ours' }
  const status = statusIn(text)
  const isBare = /^Non HTTP response|\b(?!WebSocket)\w+Exception\b/i.test(text)
  if (status !== null && ((!isNoReply && !isBare) || SURELY_HANDSHAKE.test(text)))
    return { kind: 'status', status, isHandshake: OF_HANDSHAKE.test(text) }
  if (BAD_HANDSHAKE.test(text)) return { kind: 'handshake' }
  if (UNREACHED.test(text)) return { kind: 'unreached' }
  if (SOCKET.test(text)) return { kind: 'socket' }
  return UNANSWERED.test(text) ? { kind: 'unanswered' } : null
}

function statusIn(text: string): number | null {
  for (const [, digits] of text.matchAll(STATUS_IN_WORDS)) return Number(digits)
  return null
}
