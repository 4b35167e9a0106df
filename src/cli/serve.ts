import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { connectOrigin } from '#recorder/contentSecurityPolicy.ts'
import { PROBE_PATH, recorderAnswerer } from '#recorder/http/recorderServer.ts'
import { createPrometheusProxy, PROMETHEUS_PREFIX } from '#recorder/prometheusProxy.ts'
import {
  type Mount,
  type StaticServer,
  StaticServerError,
  startStaticServer,
} from '#recorder/staticServer.ts'
import type { Command, CommandIo } from './command.ts'
import { openWalls } from './walls.ts'
import { callersPath, portOf, readArguments, UsageError } from './commandInput.ts'
import { DEFAULT_STATE, openRecording, type Recording } from './recording.ts'

/** Sign-in comes back to this address, so it is the same at every start. */
const DEFAULT_PORT = 4180

const HELP = `Usage: tidemark serve [--port ${DEFAULT_PORT}] [--host 127.0.0.1] [--connect ORIGIN]...
                      [--cert FILE --key FILE] [--prometheus URL]
                      [--record CONFIG [--state ${DEFAULT_STATE}] [--keys FILE] [--jtl FILE]... [--stop-file PATH]...]

Serves the built app. The address is part of the OAuth client's redirect address, so keep it the same.

  --port PORT        port to listen on; 0 takes a free one
  --host HOST        address to listen on
  --connect ORIGIN   an origin the page may talk to beside Genesys Cloud and this machine, such as
                     https://feed.example.com; may be given several times
  --cert FILE        certificate chain (PEM) for https; with --key FILE, its key. From another machine
  --key FILE         a browser allows sign-in and more over https alone
  --prometheus URL   passes reading questions on to a Prometheus, at /prometheus of this server. What it
                     wants as its Authorization header stands in TIDEMARK_PROMETHEUS_AUTHORIZATION
  --record CONFIG    records organisations in the same process (see tidemark record), and tells the
                     page's screens what it counts, at /feed; metrics and health as record has them
  --state DIR        where the recorder keeps its observations
  --keys FILE        display keys: a link of the form /screen#key=… opens a screen without a login
                     (tidemark key)
  --jtl FILE         results of a running load test, recorded with the organisation (tidemark record)
  --stop-file PATH   written when a load test has to stop (tidemark record)
  --help             this text

Walls (/wall of the app) beat here: when one falls silent a line says that it is dark, and GET /walls tells how
each of them is.

Stops on Ctrl+C. Exit codes: 0 stopped, 2 it could not start.`

/** Where the page looks for the recorder behind it. */
const FEED_PREFIX = '/feed'

/** The app as `vite build` leaves it, wherever the command is called from. */
const BUILT_APP = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..', 'dist')

/** `tidemark serve` over a folder; runs until the signal asks it to stop. */
export const serveCommandOf = (folder: string): Command => ({
  name: 'serve',
  summary: 'serves the app',
  help: HELP,
  async run(args, io, signal) {
    const { values } = readArguments({
      args,
      options: {
        port: { type: 'string', default: String(DEFAULT_PORT) },
        host: { type: 'string', default: '127.0.0.1' },
        connect: { type: 'string', multiple: true, default: [] },
        cert: { type: 'string' },
        key: { type: 'string' },
        prometheus: { type: 'string' },
        record: { type: 'string' },
        state: { type: 'string', default: DEFAULT_STATE },
        keys: { type: 'string' },
        jtl: { type: 'string', multiple: true, default: [] },
        'stop-file': { type: 'string', multiple: true, default: [] },
      },
    })
    const recording = recordingOf(values, io)
    const walls = openWalls(recording, io)
    const server = await started({
      folder,
      host: values.host,
      port: portOf(values.port),
      connect: values.connect.map(readOrigin),
      tls: await tlsOf(values.cert, values.key),
      mounts: [
        ...(values.prometheus === undefined ? [] : [prometheusAt(values.prometheus)]),
        ...(recording ? recorderMounts(recording) : []),
        walls.mount,
      ],
    })
    try {
      recording?.begin()
      walls.begin()
      await serveUntil(server, io, signal)
    } finally {
      walls.stop()
      await server.close()
      await recording?.stop()
    }
    return 0
  },
})

export const serveCommand = serveCommandOf(BUILT_APP)

function readOrigin(text: string): string {
  const origin = connectOrigin(text)
  if (origin !== null) return origin
  throw new UsageError(
    `--connect ${text} is no origin: expected scheme, host and port such as https://feed.example.com:8443`,
  )
}

type RecordOptions = {
  record?: string
  host: string
  state: string
  keys?: string
  jtl: string[]
  'stop-file': string[]
}

function recordingOf(values: RecordOptions, io: CommandIo) {
  const { record, host, state, keys, jtl } = values
  const stopFiles = values['stop-file']
  if (record === undefined) {
    const given = {
      '--keys': keys !== undefined,
      '--jtl': jtl.length > 0,
      '--stop-file': stopFiles.length > 0,
    }
    const stray = Object.entries(given).find(([, isGiven]) => isGiven)?.[0] ?? null
    if (stray !== null)
      throw new UsageError(`${stray} belongs to --record CONFIG, which is missing`)
    return null
  }
  return openRecording({ config: record, host, state, keys, jtls: jtl, stopFiles, write: io.out })
}

/** Below one path what screens read; at the paths of `record` what machines read. */
function recorderMounts({ voice, log }: Recording): Mount[] {
  const answer = recorderAnswerer(voice, log)
  return [
    {
      prefix: FEED_PREFIX,
      answer: (request, response) =>
        answer(request, response, (request.url ?? '').slice(FEED_PREFIX.length) || '/'),
    },
    { prefix: PROBE_PATH, methods: ['POST'], answer },
    ...['/metrics', '/healthz', '/readyz'].map((prefix): Mount => ({ prefix, answer })),
  ]
}

async function tlsOf(cert: string | undefined, key: string | undefined) {
  if (cert === undefined && key === undefined) return undefined
  if (cert === undefined || key === undefined)
    throw new UsageError('--cert and --key belong together: one of them is missing')
  const read = (option: string, path: string) =>
    readFile(callersPath(path), 'utf8').catch((error: NodeJS.ErrnoException) => {
      throw new UsageError(`${option} ${path} cannot be read: ${error.code ?? error.message}`, {
        cause: error,
      })
    })
  return { cert: await read('--cert', cert), key: await read('--key', key) }
}

function prometheusAt(text: string): Mount {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !/^https?:$/.test(url.protocol))
    throw new UsageError(`--prometheus ${text} is no address: expected http://127.0.0.1:9090`)
  // A command line is seen by every user of the machine.
  if (url.username || url.password)
    throw new UsageError(
      '--prometheus takes no user and password: put the header into TIDEMARK_PROMETHEUS_AUTHORIZATION',
    )
  const authorization = process.env['TIDEMARK_PROMETHEUS_AUTHORIZATION'] || null
  return { prefix: PROMETHEUS_PREFIX, answer: createPrometheusProxy({ url, authorization }) }
}

async function started(options: Parameters<typeof startStaticServer>[0]): Promise<StaticServer> {
  try {
    return await startStaticServer(options)
  } catch (error) {
    if (!(error instanceof StaticServerError)) throw error
    throw new UsageError(`${error.message}; ${adviceFor(error, options.host)}`, { cause: error })
  }
}

function adviceFor({ kind }: StaticServerError, host: string): string {
  switch (kind) {
    case 'notBuilt':
      return 'run npm start, or npx vite build first'
    case 'portBusy':
      return 'stop what listens there, or choose another with --port'
    case 'cannotListen':
      return `is ${host} an address of this machine?`
    case 'badCertificate':
      return 'expected two PEM files that belong together'
  }
}

async function serveUntil(server: StaticServer, io: CommandIo, signal: AbortSignal | undefined) {
  io.out(`Tidemark is at ${server.url}`)
  await new Promise<void>((onStop) => {
    if (signal?.aborted) onStop()
    else signal?.addEventListener('abort', () => onStop(), { once: true })
  })
}
