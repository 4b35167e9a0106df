import { classOfStatus } from './classOfStatus.ts'
import {
  closeCodeMeaning,
  type ClientCode,
  k6CodeMeaning,
  messagingCodeMeaning,
} from './clientCodes.ts'
import type { ErrorClass, ErrorPlace } from './errorEvent.ts'
import { failureTarget, type Target } from './failureTarget.ts'
import { failureWords } from './failureWords.ts'
import { classOfServerCode } from './serverCode.ts'
import type { Symptom } from './symptom.ts'

/** What a failure means, where it happened, and the HTTP status, if one is known. */
export type Classified = { class: ErrorClass; place: ErrorPlace; status: number | null }

/** A stack trace or a page of a gateway says what it has to say at its beginning. */
const READ_CHARS = 2_000

/** What is found before the target has its say. */
type Finding = { class: ErrorClass; status: number | null; at?: 'upgrade' | 'close' | undefined }

/**
 * Reads one failure, whoever wrote it down: the only place that decides its class and its place.
 * It never guesses: what no rule knows is `other` and `unknown`.
 *
 * A status speaks first; then the number of a client (close code, web messaging, k6); then the
 * server's own code; then the words. OAuth trouble, rate limits, capacity, other 5xx and network
 * never mix. A 503 of the login host, or of a server that is not the organisation's, is `server`:
 * the verdict counts `capacity`, and who hands out tokens knows nothing of the limit on
 * connections.
 *
 * Sources: facts/genesys-cloud.md §1.6, §2.2, §7.2, §8.2, §9; RFC 6455 §7.4; RFC 6749 §5.2.
 */
export function classify(symptom: Symptom): Classified {
  const target = targetOf(symptom)
  const found = findingOf(symptom, target)
  const isElsewhere = target === 'token' || symptom.isForeign === true
  const own = found.class === 'capacity' && isElsewhere ? 'server' : found.class
  const errorClass = symptom.named ?? own
  const place = placeOf(errorClass, found, target, symptom.hadOpened === true)
  return { class: errorClass, place, status: found.status }
}

const targetOf = ({ target = null, method = null, isWebSocket }: Symptom): Target => {
  const named = failureTarget(target, method)
  return isWebSocket && named !== 'token' ? 'socket' : named
}

function findingOf(symptom: Symptom, target: Target): Finding {
  const { code, closeCode, messagingCode, k6Code } = symptom
  const status = Number.isFinite(symptom.status) ? symptom.status! : null
  if (status !== null && status >= 400) return ofStatus(status, code ?? null, target)
  const hadOpened = status === 101 ? true : (symptom.hadOpened ?? null)
  const client =
    meaning(closeCode, (value) => closeCodeMeaning(value, hadOpened)) ??
    meaning(messagingCode, messagingCodeMeaning) ??
    meaning(k6Code, k6CodeMeaning)
  if (client && 'status' in client)
    return { ...ofStatus(client.status, code ?? null, target), at: client.at }
  if (client) return { class: client.class, status: statusOrNull(status), at: client.at }
  const told = code ? classOfServerCode(code) : null
  if (told) return { class: told, status: statusOrNull(status) }
  // The words beside a good status are an assertion's, or nothing.
  if (status !== null && status > 0) return { class: 'other', status }
  return ofWords(symptom, target)
}

/** A client's number by its meaning; null where none was written. */
const meaning = (
  value: number | null | undefined,
  of: (value: number) => ClientCode | null,
): ClientCode | null => (Number.isFinite(value) ? of(value!) : null)

const statusOrNull = (status: number | null) => (status !== null && status > 0 ? status : null)

/**
 * By status, and where that says little by the server's code. Every refusal of the token endpoint
 * that is no 401 is a 400 (RFC 6749 §5.2), also where its body was not kept.
 */
function ofStatus(status: number, code: string | null, target: Target): Finding {
  const plain = classOfStatus(status)
  if (plain !== 'other') return { class: plain, status }
  if (status === 400 && target === 'token') return { class: 'auth', status }
  return { class: (code && classOfServerCode(code)) || 'other', status }
}

function ofWords(symptom: Symptom, target: Target): Finding {
  const isNoReply = typeof symptom.status === 'number' && symptom.status <= 0
  const said = symptom.text ? failureWords(symptom.text.slice(0, READ_CHARS), isNoReply) : null
  const hadOpened = symptom.hadOpened === true
  switch (said?.kind) {
    case 'status':
      return {
        ...ofStatus(said.status, symptom.code ?? null, target),
        at: said.isHandshake ? 'upgrade' : undefined,
      }
    case 'ours':
      return { class: 'other', status: null }
    case 'handshake':
      return { class: 'other', status: null, at: 'upgrade' }
    case 'socket':
      return { class: 'socket', status: null }
    case 'unreached':
      return {
        class: 'network',
        status: null,
        at: isOfSocket(symptom, target) ? 'upgrade' : undefined,
      }
    case 'unanswered':
      return { class: hadOpened ? 'socket' : 'network', status: null }
    default:
  }
  // An upgrade without a status and without a word: refused, or never answered (facts §9.4).
  if (isNoReply && target === 'socket')
    return hadOpened
      ? { class: 'socket', status: null }
      : { class: 'other', status: null, at: 'upgrade' }
  return { class: isNoReply ? 'network' : 'other', status: null }
}

const isOfSocket = ({ text }: Symptom, target: Target) =>
  target === 'socket' || /websocket|\bwss?:/i.test(text ?? '')

function placeOf(
  errorClass: ErrorClass,
  { status, at }: Finding,
  target: Target,
  hadOpened: boolean,
): ErrorPlace {
  if (target === 'token') return 'token'
  if (at) return at
  // Nothing but a socket that was open ends abnormally.
  if (errorClass === 'socket') return 'close'
  if (target !== 'socket') return target
  if (hadOpened || status === 101) return 'close'
  // Of a WebSocket only the handshake is answered with a status, or refused.
  return errorClass === 'other' && (status === null || status < 400) ? 'unknown' : 'upgrade'
}
