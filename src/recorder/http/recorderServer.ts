import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { LONGEST_REPORT_CHARS } from '#sources/probe/readReport.ts'
import type { EventLog } from '../eventLog.ts'
import { readBody } from './readBody.ts'
import { type RecorderVoice, recorderAnswer } from './recorderAnswers.ts'
import { refusal } from './reply.ts'

export type RecorderServer = {
  /** Without a slash at the end. */
  url: string
  close: () => Promise<void>
}

type Options = {
  voice: RecorderVoice
  host: string
  /** 0 takes a free one. */
  port: number
  log: EventLog
}

/** More at a time is no team of readers. */
const MOST_CONNECTIONS = 500
/** Where pages report, each browser keeps one: what ten thousand need, and some air. */
const MOST_REPORTING_CONNECTIONS = 12_000
/** Longer than from one report to the next: a connection for each would cost more than the report. */
const KEPT_ALIVE_MS = 12_000
/** Where connection probes report to. */
export const PROBE_PATH = '/probe'
/** A character may take four. */
const LONGEST_REPORT_BYTES = 4 * LONGEST_REPORT_CHARS
/** A request is a line and a few headers. */
const HEADERS_WITHIN_MS = 10_000

/** What every reply says. */
const HEADERS = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' }

/** Writes what a recorder answers to a request, below another path where `target` says so. */
export const recorderAnswerer =
  (voice: RecorderVoice, log: EventLog) =>
  async (
    request: IncomingMessage,
    response: ServerResponse,
    target = request.url ?? '/',
  ): Promise<void> => {
    const { method = 'GET' } = request
    const { authorization } = request.headers
    const isReport = method === 'POST' && target.split('?')[0] === PROBE_PATH
    // Any other body says nothing that is asked for here.
    if (!isReport) request.resume()
    const answered = isReport
      ? reportAnswer(voice, request)
      : recorderAnswer(voice, { method, target, authorization })
    const reply = await answered.catch((error: unknown) => {
      log('error', 'request_failed', {
        reason: error instanceof Error ? error.message : 'unknown',
      })
      return refusal(500, 'The recorder could not answer; its log says why.')
    })
    const body = Buffer.from(reply.body)
    response.writeHead(reply.status, {
      ...HEADERS,
      ...reply.headers,
      ...(reply.status === 204 ? {} : { 'Content-Length': body.length }),
    })
    response.end(method === 'HEAD' || reply.status === 204 ? undefined : body)
  }

async function reportAnswer({ takeProbe }: RecorderVoice, request: IncomingMessage) {
  const text = takeProbe && (await readBody(request, LONGEST_REPORT_BYTES))
  if (text !== null && takeProbe) return takeProbe(text)
  // What is left of it is not read.
  const rest = { Connection: 'close' }
  return takeProbe
    ? refusal(413, `A report has at most ${LONGEST_REPORT_BYTES} bytes.`, rest)
    : refusal(404, 'No organisation expects reports of probes.', rest)
}

/** Feed, metrics, health and probes on a port. Rejects with Node's own error (`code` says `EADDRINUSE`, …). */
export async function startRecorderServer({
  voice,
  host,
  port,
  log,
}: Options): Promise<RecorderServer> {
  const answer = recorderAnswerer(voice, log)
  const options = { headersTimeout: HEADERS_WITHIN_MS, keepAliveTimeout: KEPT_ALIVE_MS }
  const server = createServer(options, (request, response) => {
    void answer(request, response)
  })
  server.maxConnections = voice.takeProbe ? MOST_REPORTING_CONNECTIONS : MOST_CONNECTIONS
  await new Promise<void>((listening, failed) => {
    server.once('error', failed)
    server.listen(port, host, () => {
      server.off('error', failed)
      listening()
    })
  })
  const bound = (server.address() as AddressInfo).port
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}
