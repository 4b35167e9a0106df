import { startRecorderServer } from '#recorder/http/recorderServer.ts'
import type { Command } from './command.ts'
import { listeningOn, portOf, readArguments, UsageError } from './commandInput.ts'
import { DEFAULT_STATE, openRecording } from './recording.ts'

const DEFAULT_PORT = 4190

const HELP = `Usage: tidemark record CONFIG [--port ${DEFAULT_PORT}] [--host 127.0.0.1] [--state ${DEFAULT_STATE}]
                       [--keys FILE] [--jtl FILE]... [--stop-file PATH]...

Records organisations day and night, and tells what it counts: feed protocol v1 at /v1/organisations
and /v1/changes, Prometheus at /metrics, health at /healthz and /readyz.

  CONFIG         a JSON file: which organisations, and where their secrets are (docs/formats.md)
  --port PORT    port to listen on; 0 takes a free one
  --host HOST    address to listen on; any but this machine's own needs a bearer in CONFIG
  --state DIR    where observations are kept for 26 hours; made where it is missing
  --keys FILE    display keys that may read the feed, and nothing else (tidemark key)
  --jtl FILE     follows the JMeter CSV results (JTL) of a running load test, and records its threads,
                 requests in flight, attempts and errors with the organisation; ID=FILE where CONFIG
                 has several. It may be given several times, and need not be there yet
  --stop-file PATH
                 written when a stop rule fires (at 98 % of a limit for a minute): a load test looks for
                 it and stops (docs/alerts.md). ID=PATH where CONFIG has several organisations
  --help         this text

Logs one JSON line per event on standard output. Stops on Ctrl+C and on SIGTERM. Exit codes:
0 stopped, 2 it could not start.`

/** `tidemark record`: polls and serves until the signal asks it to stop. */
export const recordCommand: Command = {
  name: 'record',
  summary: 'records organisations and serves what it counts',
  help: HELP,
  async run(args, io, signal) {
    const { values, positionals } = readArguments({
      args,
      allowPositionals: true,
      options: {
        port: { type: 'string', default: String(DEFAULT_PORT) },
        host: { type: 'string', default: '127.0.0.1' },
        state: { type: 'string', default: DEFAULT_STATE },
        keys: { type: 'string' },
        jtl: { type: 'string', multiple: true, default: [] },
        'stop-file': { type: 'string', multiple: true, default: [] },
      },
    })
    const { host } = values
    const port = portOf(values.port)
    const [file] = positionals
    if (file === undefined || positionals.length > 1)
      throw new UsageError(`expected one CONFIG, and ${positionals.length} were given`)
    const recording = openRecording({
      ...values,
      config: file,
      jtls: values.jtl,
      stopFiles: values['stop-file'],
      write: io.out,
    })
    const { config, voice, log } = recording
    // A port that is taken is told of before anybody is asked.
    const server = await listeningOn(host, port, () =>
      startRecorderServer({ voice, host, port, log }),
    )
    try {
      recording.begin()
      log('info', 'listening', { url: server.url, organisations: config.organisations.length })
      await new Promise<void>((onStop) => {
        if (signal?.aborted) onStop()
        else signal?.addEventListener('abort', () => onStop(), { once: true })
      })
      log('info', 'stopping')
    } finally {
      await server.close()
      await recording.stop()
    }
    log('info', 'stopped')
    return 0
  },
}
