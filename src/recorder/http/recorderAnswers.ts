import type { OrgId } from '#domain/units.ts'
import { NO_PROBES, type ProbesTold } from '#sources/probe/probesTold.ts'
import { feedPage } from '../feed/feedPage.ts'
import type { OrgLog } from '../log/orgLog.ts'
import type { DisplayKeys } from '../keys/displayKeys.ts'
import { showsBearer, shownBearer } from './bearer.ts'
import { type HttpReply, jsonReply, refusal } from './reply.ts'

/** Why a recorder is not ready, in words that give nothing away: this is told to everybody. */
export type NotReady = { organisation: OrgId; reason: string }

/** What the recorder tells over HTTP. */
export type RecorderVoice = {
  /** What readers of feed and metrics must show; null asks for nothing. */
  bearer: string | null
  /** Keys that open the feed, and nothing else, in the place of the bearer; null where there are none. */
  displayKeys: DisplayKeys | null
  /** Takes a report of a connection probe; null where no organisation expects any. */
  takeProbe: ((text: string) => HttpReply) | null
  /** How the connection probes of an organisation do; null where it expects no reports. */
  probesOf: (organisation: OrgId) => ProbesTold | null
  organisations: () => readonly { id: OrgId; name: string; region: string }[]
  /** Null where there is no such organisation. */
  logOf: (organisation: string) => OrgLog | null
  metrics: () => Promise<{ contentType: string; text: string }>
  notReady: () => readonly NotReady[]
}

export type HttpRequest = {
  method: string
  /** As it was sent: path and query. */
  target: string
  authorization: string | undefined
}

/** Longer than any cursor and name; what is longer is no question of ours. */
const LONGEST_TARGET = 2_048
const METHODS = 'GET, HEAD, OPTIONS'

/** Lets a page of another origin read the feed, as the simulator does. */
const CORS = { 'Access-Control-Allow-Origin': '*' }
const PREFLIGHT = {
  ...CORS,
  'Access-Control-Allow-Methods': METHODS,
  'Access-Control-Allow-Headers': 'Authorization, Accept, Content-Type',
  'Access-Control-Max-Age': '600',
}

type Query = URLSearchParams
type Answer = (voice: RecorderVoice, query: Query) => HttpReply | Promise<HttpReply>

/** Everything there is. No path is ever looked up anywhere else. */
const FEED: Readonly<Record<string, Answer>> = {
  '/v1/organisations': ({ organisations }) => jsonReply(200, organisations()),
  '/v1/changes': changes,
  '/v1/probes': probes,
}
const METRICS_PATH = '/metrics'
const OPEN: Readonly<Record<string, Answer>> = {
  '/healthz': () => jsonReply(200, { status: 'ok' }),
  '/readyz': ({ notReady }) => {
    const reasons = notReady()
    return reasons.length === 0
      ? jsonReply(200, { status: 'ready' })
      : jsonReply(503, { status: 'not ready', reasons })
  },
}

/** Answers one request; what it cannot answer it refuses in words. */
export async function recorderAnswer(
  voice: RecorderVoice,
  { method, target, authorization }: HttpRequest,
): Promise<HttpReply> {
  if (target.length > LONGEST_TARGET)
    return refusal(414, `The address is over ${LONGEST_TARGET} characters.`)
  const [, path = '', search = ''] = /^([^?#]*)\??([^#]*)/.exec(target) ?? []
  const isFeed = Object.hasOwn(FEED, path)
  const cors = isFeed ? CORS : {}
  if (method === 'OPTIONS') return { status: 204, headers: isFeed ? PREFLIGHT : {}, body: '' }
  if (method !== 'GET' && method !== 'HEAD')
    return refusal(405, `Only ${METHODS} are answered here.`, { Allow: METHODS, ...cors })
  if (Object.hasOwn(OPEN, path)) return OPEN[path]!(voice, new URLSearchParams(search))
  if (!isFeed && path !== METRICS_PATH) return refusal(404, 'There is no such address.')
  if (!(isFeed ? mayReadFeed : mayReadMetrics)(voice, authorization))
    return refusal(401, 'A bearer token is needed, and this is not it.', {
      'WWW-Authenticate': 'Bearer',
      ...cors,
    })
  if (!isFeed) return metrics(voice)
  const reply = await FEED[path]!(voice, new URLSearchParams(search))
  return { ...reply, headers: { ...reply.headers, ...cors } }
}

export const mayReadMetrics = ({ bearer }: RecorderVoice, authorization: string | undefined) =>
  bearer === null || showsBearer(authorization, bearer)

function mayReadFeed({ bearer, displayKeys }: RecorderVoice, authorization: string | undefined) {
  const key = displayKeys?.nameOf(shownBearer(authorization)) ?? null
  if (key !== null) return true
  return bearer === null ? displayKeys === null : showsBearer(authorization, bearer)
}

async function metrics({ metrics: told }: RecorderVoice): Promise<HttpReply> {
  const { contentType, text } = await told()
  return { status: 200, headers: { 'Content-Type': contentType }, body: text }
}

async function changes({ logOf }: RecorderVoice, query: Query): Promise<HttpReply> {
  const organisation = query.get('organisation')
  if (organisation === null) return refusal(400, 'The parameter organisation is missing.')
  const log = logOf(organisation)
  if (!log) return refusal(404, 'This organisation is not recorded here.')
  const page = await feedPage(log, query.get('after'))
  // What a reader was told is on disk, whatever happens next; a disk that takes nothing holds nobody up.
  await log.flushed()
  if (page) return jsonReply(200, page)
  return refusal(410, 'The cursor is unknown: start again without it.')
}

function probes({ organisations, probesOf }: RecorderVoice, query: Query): HttpReply {
  const organisation = query.get('organisation')
  if (organisation === null) return refusal(400, 'The parameter organisation is missing.')
  const known = organisations().find(({ id }) => id === organisation)
  if (!known) return refusal(404, 'This organisation is not recorded here.')
  return jsonReply(200, probesOf(known.id) ?? NO_PROBES)
}
