import { classOfStatus } from '#domain/errors/classOfStatus.ts'
import type { ErrorClass } from '#domain/errors/errorEvent.ts'
import type { JtlRecord } from './jtlRecord.ts'

/** What went wrong in one sample. `code` is what stands in the status' place where there was no HTTP reply. */
export type JtlFailure = { class: ErrorClass; status: number | null; code: string | null }

const NO_REPLY = /^Non HTTP response code:\s*(.*)$/s
/** The test plan's own mistakes: no request left the machine. */
const PLAN_MISTAKE =
  /(URISyntax|MalformedURL|IllegalArgument|IllegalState|FileNotFound|ClassCast|NullPointer|Script|UnsupportedEncoding)\w*(Exception|Error)/

/** A refused WebSocket handshake leaves its status in the message: samplers of WebSockets have no code for it. */
const HANDSHAKE =
  /(?:response(?: code)?|status(?: code)?|HTTP\/\d(?:\.\d)?|handshake)\D{0,20}\b([1-5]\d\d)\b/i

/**
 * Our reading of one sample (design §3): null where nothing failed. A 503, another 5xx, a 429, a 401
 * or a 403 counts although the test plan calls it a success: what a server refused does not
 * depend on what a tester expected. Anything else counts when the plan says so; where it says nothing, from 400 on.
 */
export function jtlFailure(record: JtlRecord): JtlFailure | null {
  const { code, isSuccess } = record
  const text = code?.trim() ?? ''
  const noReply = NO_REPLY.exec(text)
  if (noReply) return isSuccess === true ? null : failureWithoutReply(noReply[1]!.trim(), record)
  if (/^[1-5]\d\d$/.test(text)) return failureOfStatus(Number(text), isSuccess)
  if (isSuccess === true) return null
  if (/^[1-4]\d{3}$/.test(text)) return failureOfClose(text, isSuccess)
  if (/^(0|-\d+)$/.test(text)) return { class: 'network', status: null, code: text }
  const status = isSuccess === false ? handshakeStatus(record) : null
  if (status !== null) return { class: classOfStatus(status), status, code: text || null }
  return isSuccess === false ? { class: 'other', status: null, code: text || null } : null
}

function failureOfStatus(status: number, isSuccess: boolean | null): JtlFailure | null {
  const errorClass = classOfStatus(status)
  const isRefusal = errorClass !== 'other'
  const isFailed = isSuccess === null ? status >= 400 : !isSuccess
  return isRefusal || isFailed ? { class: errorClass, status, code: null } : null
}

/** A close code of a WebSocket (RFC 6455 §7.4): 1000 is a close in good order. */
function failureOfClose(code: string, isSuccess: boolean | null): JtlFailure | null {
  if (code === '1000' && isSuccess === null) return null
  return { class: 'socket', status: null, code }
}

function failureWithoutReply(exception: string, record: JtlRecord): JtlFailure {
  const status = handshakeStatus(record)
  if (
    status !== null &&
    /websocket|upgrade|unexpected response/i.test(`${exception} ${record.message}`)
  ) {
    return { class: classOfStatus(status), status, code: exception }
  }
  if (/websocket/i.test(exception)) return { class: 'socket', status: null, code: exception }
  return {
    class: PLAN_MISTAKE.test(exception) ? 'other' : 'network',
    status: null,
    code: exception,
  }
}

function handshakeStatus({ message, failureMessage }: JtlRecord): number | null {
  const match = HANDSHAKE.exec(message) ?? HANDSHAKE.exec(failureMessage)
  return match && Number(match[1]) >= 400 ? Number(match[1]) : null
}
