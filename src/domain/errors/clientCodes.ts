import type { ErrorClass } from './errorEvent.ts'

/** What a client's own number says: a class, or an HTTP status in disguise. */
export type ClientCode =
  | { class: ErrorClass; at?: 'upgrade' | 'close' }
  | { status: number; at?: 'upgrade' | 'close' }

/**
 * A WebSocket's close code (RFC 6455 §7.4.1; 1012 to 1014 by IANA's registry).
 *
 * 1006 is what a script sees when nothing else is known: after an open socket it is an abnormal
 * end; of a handshake that failed it hides the status, be it 503, 401 or no reply (facts §9.4), so
 * that is `other`. Every other code came in a frame, so the socket had been open. 1013 "try again
 * later" is `socket` and not `capacity`: it ends a connection that was let in, and no source of
 * ours says that Genesys Cloud speaks of its limit so. 1000 is a close in good order: whatever
 * failed, it was not the close.
 */
export function closeCodeMeaning(code: number, hadOpened: boolean | null): ClientCode {
  if (code === 1006 && hadOpened !== true)
    return hadOpened === false ? { class: 'other', at: 'upgrade' } : { class: 'other' }
  if (code === 1015) return { class: 'network', at: 'upgrade' } // TLS did not come about
  if (code === 1000) return { class: 'other', at: 'close' }
  if (code === 4029) return { class: 'rate', at: 'close' }
  return { class: 'socket', at: 'close' }
}

/**
 * Codes of the web messaging client (facts §9.6); 300 to 599 are statuses that it passes through.
 */
export function messagingCodeMeaning(code: number): ClientCode {
  if (code >= 300 && code <= 599) return { status: code }
  if (code === 4029) return { class: 'rate' }
  if (code === 1002) return { class: 'auth', at: 'upgrade' } // WebsocketAccessDenied
  if (code === 1001) return { class: 'socket', at: 'close' } // WebsocketError
  if (code === -1009) return { class: 'network' } // NetworkDisabled
  // Sessions that are over, features that are off, and what it does not understand itself.
  return { class: 'other' }
}

/**
 * k6's error codes by their ranges: general, DNS, TCP, TLS, 4xx, 5xx, HTTP/2. Null for 1000, "none
 * of the others", of which its message may say more. 1110 and 1111 are addresses the test itself
 * forbids.
 */
export function k6CodeMeaning(code: number): ClientCode | null {
  if (code === 1020 || code === 1110 || code === 1111) return { class: 'other' }
  if (code >= 1400 && code <= 1599) return { status: code - 1000 }
  if (code >= 1010 && code <= 1399) return { class: 'network' }
  if (code >= 1600 && code <= 1699) return { class: 'network' }
  return code >= 1700 ? { class: 'other' } : null
}
