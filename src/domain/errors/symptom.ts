import type { ErrorClass } from './errorEvent.ts'

/**
 * What a writer (JMeter, a HAR, k6, a feed, our own client) tells of a failure. Each says a part of
 * it.
 */
export type Symptom = {
  /** HTTP status as written; null where none was, 0 or below where it stands for "no reply". */
  status?: number | null
  /**
   * The server's own error code (`too.many.requests`, `bad.credentials`, OAuth's `invalid_grant`).
   */
  code?: string | null
  /** Exception, failure text, message, `_error` of a HAR: any words, in one string. */
  text?: string | null
  /** URL, route or label: `wss://streaming…`, `POST /oauth/token`, `WS /channels/{id}`. */
  target?: string | null
  method?: string | null
  /** Whether it was a WebSocket, where the target does not show it (`_resourceType` of a HAR). */
  isWebSocket?: boolean
  /** Whether the WebSocket had been open; null where that is not known. */
  hadOpened?: boolean | null
  /**
   * Close code of a WebSocket (RFC 6455 §7.4, IANA's registry, 4000 to 4999 of the application).
   */
  closeCode?: number | null
  /**
   * Error code of the web messaging client (facts §9.6), which is neither a status nor a close
   * code.
   */
  messagingCode?: number | null
  /** k6's `error_code` (grafana.com/docs/k6, "Error codes"), which is neither either. */
  k6Code?: number | null
  /** Set where another server than the organisation's failed, as a feed. */
  isForeign?: boolean
  /** The class that the writer itself names: it wins. */
  named?: ErrorClass | null
}
