import { SCENARIOS, scenarioNamed } from '#mocks/scenarios.ts'
import { startTenantServer } from '#mocks/node/server.ts'
import { registryOverridesIn } from '#mocks/tenant/registry/overrides.ts'
import type { Command } from './command.ts'
import { listeningOn, portOf, readArguments, UsageError } from './commandInput.ts'

const DEFAULT_PORT = 8787

const HELP = `Usage: tidemark tenant [--port ${DEFAULT_PORT}] [--scenario quiet] [--seed 42] [--max-connections N]
                       [--organisation NAME] [--registry "namespace key=VALUE"]…
                       [--without PERMISSION]… [--requests-per-minute N] [--neighbour PERCENT]
                       [--client ID]… [--redirect-uri URI]… [--withhold-headers] [--json]

Plays a Genesys Cloud organisation on 127.0.0.1: API, login, feed and WebSockets on one address.
Nothing it says comes from Genesys Cloud.

  --port PORT            port to listen on; 0 takes a free one
  --scenario NAME        what happens (below)
  --seed N               a whole number; the same seed tells the same story
  --max-connections N    counts real sockets (/v1?deploymentId=…, /channels/{id}) and refuses
                         handshakes above N with 503; left out, the scenario plays the connections
  --organisation NAME    what the organisation is called; its id follows scenario and seed
  --registry "namespace key=VALUE"
                         what a limit is in the registry, whatever else is played; also for keys
                         that nobody has heard of; may be given several times
  --without PERMISSION   a permission that the user lacks; may be given several times
  --requests-per-minute N
                         what one token may ask in a minute (300)
  --neighbour PERCENT    other clients use so much of that allowance; it is then one for all tokens,
                         and from 100 on everybody is refused at the end of each minute
  --client ID            the only client that may sign in; may be given several times
  --redirect-uri URI     the only address that people are sent back to; may be given several times
  --withhold-headers     exposes no reply header to pages of other origins
  --json                 prints the address as one JSON object
  --help                 this text

Scenarios:
${SCENARIOS.map(({ name, description }) => `  ${name.padEnd(18)}${description}`).join('\n')}

Faults and limits can be changed while it runs: POST JSON to /_control (see mocks/README.md).
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
        organisation: { type: 'string' },
        registry: { type: 'string', multiple: true, default: [] },
        without: { type: 'string', multiple: true, default: [] },
        'requests-per-minute': { type: 'string' },
        neighbour: { type: 'string' },
        client: { type: 'string', multiple: true },
        'redirect-uri': { type: 'string', multiple: true },
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
    const maxConnections = optionalNumber('--max-connections', values['max-connections'])
    const neighbourPercent = optionalNumber('--neighbour', values.neighbour)
    const options = {
      port: portOf(values.port),
      scenario,
      seed,
      maxConnections,
      organisationName: values.organisation,
      registry: registryOf(values.registry),
      missingPermissions: values.without,
      requestsPerMinute: optionalNumber('--requests-per-minute', values['requests-per-minute']),
      neighbourShare: neighbourPercent === undefined ? undefined : neighbourPercent / 100,
      clientIds: values.client,
      redirectUris: values['redirect-uri'],
      withholdHeaders: values['withhold-headers'],
    }
    const server = await listeningOn('127.0.0.1', options.port, () => startTenantServer(options))
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

const optionalNumber = (option: string, text: string | undefined) =>
  text === undefined ? undefined : wholeNumber(option, text)

function registryOf(texts: readonly string[]) {
  try {
    return registryOverridesIn(texts)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new UsageError(`--registry ${error.message}`, { cause: error })
  }
}
