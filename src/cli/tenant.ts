import { SCENARIOS, scenarioNamed } from '#mocks/scenarios.ts'
import { startTenantServer, type TenantServer } from '#mocks/node/server.ts'
import type { Command } from './command.ts'
import { portOf, readArguments, UsageError } from './commandInput.ts'

const DEFAULT_PORT = 8787

const HELP = `Usage: tidemark tenant [--port ${DEFAULT_PORT}] [--scenario quiet] [--seed 42] [--max-connections N]
                       [--withhold-headers] [--json]

Plays a Genesys Cloud organisation on 127.0.0.1: API, login, feed and WebSockets on one address.
Nothing it says comes from Genesys Cloud.

  --port PORT            port to listen on; 0 takes a free one
  --scenario NAME        what happens (below)
  --seed N               a whole number; the same seed tells the same story
  --max-connections N    counts real sockets (/v1?deploymentId=…, /channels/{id}) and refuses
                         handshakes above N with 503; left out, the scenario plays the connections
  --withhold-headers     exposes no reply header to pages of other origins
  --json                 prints the address as one JSON object
  --help                 this text

Scenarios:
${SCENARIOS.map(({ name, description }) => `  ${name.padEnd(18)}${description}`).join('\n')}

Faults can be switched on while it runs: POST JSON to /_control (see mocks/README.md).
Stops on Ctrl+C. Exit codes: 0 stopped, 2 it could not start.`

/** `tidemark tenant`: the simulated organisation on a port; runs until the signal asks it to stop. */
export const tenantCommand: Command = {
  name: 'tenant',
  summary: 'plays a simulated organisation on a port',
  help: HELP,
  async run(args, io, signal) {
    const { values } = readArguments({
      args,
      options: {
        port: { type: 'string', default: String(DEFAULT_PORT) },
        scenario: { type: 'string', default: 'quiet' },
        seed: { type: 'string', default: '42' },
        'max-connections': { type: 'string' },
        'withhold-headers': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    })
    const scenario = scenarioNamed(values.scenario)
    if (!scenario)
      throw new UsageError(
        `there is no scenario "${values.scenario}"; there are ${SCENARIOS.map(({ name }) => name).join(', ')}`,
      )
    const seed = wholeNumber('--seed', values.seed)
    const cap = values['max-connections']
    const maxConnections = cap === undefined ? undefined : wholeNumber('--max-connections', cap)
    const server = await started({
      port: portOf(values.port),
      scenario,
      seed,
      maxConnections,
      withholdHeaders: values['withhold-headers'],
    })
    const { url, tenant } = server
    const { organisation } = tenant
    io.out(
      values.json
        ? JSON.stringify({
            url,
            organisation,
            scenario: scenario.name,
            seed,
            startMs: tenant.world.startMs,
            maxConnections: maxConnections ?? null,
          })
        : `${organisation.name} (simulated: scenario ${scenario.name}, seed ${seed}) is at ${url}`,
    )
    await new Promise<void>((onStop) => {
      if (signal?.aborted) onStop()
      else signal?.addEventListener('abort', () => onStop(), { once: true })
    })
    await server.close()
    return 0
  },
}

function wholeNumber(option: string, text: string): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value
  throw new UsageError(`${option} ${text} is no whole number`)
}

async function started(options: Parameters<typeof startTenantServer>[0]): Promise<TenantServer> {
  try {
    return await startTenantServer(options)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    throw new UsageError(
      code === 'EADDRINUSE'
        ? `port ${options.port} is taken; stop what listens there, or choose another with --port`
        : `cannot listen on port ${options.port}: ${message}`,
      { cause: error },
    )
  }
}
