import { classify } from '#domain/errors/classify.ts'
import type { ErrorClass, ErrorPlace } from '#domain/errors/errorEvent.ts'
import type { Symptom } from '#domain/errors/symptom.ts'

/**
 * What of a sample decides whether and how it failed; null is what the file does not say. Texts are
 * as they stand, secrets included.
 */
export type Outcome = {
  label: string | null
  code: string | null
  message: string
  failureMessage: string
  isSuccess: boolean | null
}

/**
 * What went wrong in one sample. `code` is what stands in the status' place where there was no HTTP
 * reply.
 */
export type Failure = {
  class: ErrorClass
  place: ErrorPlace
  status: number | null
  code: string | null
}

/**
 * How JMeter writes that there was no reply: the class of an exception stands where the status
 * would.
 */
const NO_REPLY = /^Non HTTP response code:\s*(.*)$/s

/**
 * A record as a symptom, what stood in the status' place, and whether the record itself calls it
 * failed.
 */
type Read = { symptom: Symptom; code: string | null; isFailed: boolean }

/**
 * Our reading of one sample (design §3): null where nothing failed. A 503, another 5xx, a 429, a
 * 401 or a 403 counts although the test plan calls it a success: what a server refused does not
 * depend on what a tester expected. Anything else counts when the plan says so; where it says
 * nothing, from 400 on.
 */
export function failureIn(outcome: Outcome): Failure | null {
  const { symptom, code, isFailed } = readOf(outcome)
  const mayBeRefusal = typeof symptom.status === 'number' && symptom.status >= 400
  if (!isFailed && !mayBeRefusal) return null
  const { class: errorClass, place, status } = classify(symptom)
  return isFailed || errorClass !== 'other' ? { class: errorClass, place, status, code } : null
}

function readOf({ code, label: target, isSuccess, message, failureMessage }: Outcome): Read {
  const text = code?.trim() ?? ''
  const words = `${message} ${failureMessage}`
  const exception = NO_REPLY.exec(text)?.[1]?.trim()
  const isFailed = isSuccess !== true
  if (exception !== undefined)
    return {
      symptom: { status: 0, text: `${exception} ${words}`, target },
      code: exception,
      isFailed,
    }
  if (/^[1-5]\d\d$/.test(text)) {
    const status = Number(text)
    return {
      symptom: { status, target },
      code: null,
      isFailed: isSuccess === null ? status >= 400 : isFailed,
    }
  }
  // A close code of a WebSocket (RFC 6455 §7.4): samplers write one only of a socket that was open.
  if (/^[1-4]\d{3}$/.test(text)) {
    const isQuiet = text === '1000' && isSuccess === null
    const symptom = { closeCode: Number(text), hadOpened: true, target }
    return { symptom, code: text, isFailed: isFailed && !isQuiet }
  }
  if (/^(0|-\d+)$/.test(text))
    return { symptom: { status: 0, text: words, target }, code: text, isFailed }
  // A refused WebSocket handshake leaves its status in the message: some samplers have no code for
  // it.
  return {
    symptom: { text: `${text} ${words}`, target },
    code: text || null,
    isFailed: isSuccess === false,
  }
}
