import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { connectOrigin } from '#recorder/contentSecurityPolicy.ts'
import { type StaticServer, StaticServerError, startStaticServer } from '#recorder/staticServer.ts'
import type { Command, CommandIo } from './command.ts'
import { portOf, readArguments, UsageError } from './commandInput.ts'

/** Sign-in comes back to this address, so it is the same at every start. */
const DEFAULT_PORT = 4180

const HELP = `Usage: tidemark serve [--port ${DEFAULT_PORT}] [--host 127.0.0.1] [--connect ORIGIN]...

Serves the built app. The address is part of the OAuth client's redirect address, so keep it the same.

  --port PORT        port to listen on; 0 takes a free one
  --host HOST        address to listen on
  --connect ORIGIN   an origin the page may talk to beside Genesys Cloud and this machine, such as
                     https://feed.example.com; may be given several times
  --help             this text

Stops on Ctrl+C. Exit codes: 0 stopped, 2 it could not start.`

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
      },
    })
    const server = await started({
      folder,
      host: values.host,
      port: portOf(values.port),
      connect: values.connect.map(readOrigin),
    })
    await serveUntil(server, io, signal)
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
  }
}

async function serveUntil(server: StaticServer, io: CommandIo, signal: AbortSignal | undefined) {
  io.out(`Tidemark is at ${server.url}`)
  await new Promise<void>((onStop) => {
    if (signal?.aborted) onStop()
    else signal?.addEventListener('abort', () => onStop(), { once: true })
  })
  await server.close()
}
