import { resolve } from 'node:path'
import { parseArgs, type ParseArgsConfig } from 'node:util'

/** A mistake of the caller: told in one line, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** `parseArgs`, strict, with its complaints as UsageErrors. Options stand before or after files alike. */
export function readArguments<Config extends ParseArgsConfig>(config: Config) {
  try {
    return parseArgs(config)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const [, option] = /^Option '(?:-\w, )?(--[\w-]+).*' argument is ambiguous/.exec(message) ?? []
    if (option)
      throw new UsageError(`${option} lacks its value; one that begins with a dash: ${option}=-1`)
    // The first sentence names the option; the rest is advice about Node's own API.
    const [sentence = ''] = message.split(/\. |\n/)
    throw new UsageError(sentence, { cause: error })
  }
}

/**
 * A path as the caller meant it. `npm run` changes into the package's folder and leaves the caller's in
 * `INIT_CWD`.
 */
export const callersPath = (path: string) => resolve(process.env['INIT_CWD'] ?? '.', path)

/** A port from the command line: a whole number up to 65 535; 0 means any free one. */
export function portOf(text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new UsageError(`--port ${text} is no port: expected a number from 0 to 65535`)
}

/** Starts a server; an address that it cannot have is a mistake of the caller. */
export async function listeningOn<Server>(
  host: string,
  port: number,
  start: () => Promise<Server>,
): Promise<Server> {
  try {
    return await start()
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    throw new UsageError(
      code === 'EADDRINUSE'
        ? `port ${port} is taken; stop what listens there, or choose another with --port`
        : `cannot listen on ${host} port ${port}: ${message}`,
      { cause: error },
    )
  }
}
