import { type Command, type CommandIo, EXIT_BAD_INPUT } from './command.ts'
import { UsageError } from './commandInput.ts'

/** What shells say of a program that Ctrl+C ended before it was done. */
const EXIT_STOPPED = 130

/** Each command is loaded when it is asked for: `inspect` need not wait for a server's code. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./serve.ts')).serveCommand,
  record: async () => (await import('./record.ts')).recordCommand,
  tenant: async () => (await import('./tenant.ts')).tenantCommand,
  key: async () => (await import('./key.ts')).keyCommand,
  inspect: async () => (await import('./inspect.ts')).inspectCommand,
  analyze: async () => (await import('./analyze.ts')).analyzeCommand,
}

async function help(): Promise<string> {
  const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()))
  return [
    'Usage: tidemark COMMAND [OPTIONS]',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(10)}${summary}`),
    '',
    'tidemark COMMAND --help tells more. Exit codes: 0 fine, 1 the finding is bad, 2 bad input or usage.',
  ].join('\n')
}

/** What moves a terminal's cursor, changes its colours or the direction in which it writes. */
const UNSEEN = /(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu

/**
 * A line as a terminal may have it: what a file says cannot steer it. Written as an escape that means the same
 * within JSON.
 */
const visible = (line: string) =>
  line.replace(UNSEEN, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)

/**
 * Runs one command line; gives the exit code. A mistake of the caller is one line on `err`;
 * anything else that is thrown is a defect of ours and passes through.
 */
export async function runCommandLine(
  args: readonly string[],
  { out, err }: CommandIo,
  signal: AbortSignal,
): Promise<number> {
  const io = {
    out: (line: string) => out(visible(line)),
    err: (line: string) => err(visible(line)),
  }
  const [name, ...rest] = args
  if (name === '--help' || name === '-h' || name === 'help') {
    io.out(await help())
    return 0
  }
  const load = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!load) {
    const problem = name === undefined ? 'a command is missing' : `there is no command "${name}"`
    io.err(`tidemark: ${problem}; there are ${Object.keys(COMMANDS).join(', ')} (see --help)`)
    return EXIT_BAD_INPUT
  }
  const command = await load()
  if (rest.includes('--help') || rest.includes('-h')) {
    io.out(command.help)
    return 0
  }
  try {
    return await command.run(rest, io, signal)
  } catch (error) {
    if (signal.aborted && error === signal.reason) {
      io.err(`tidemark ${command.name}: stopped`)
      return EXIT_STOPPED
    }
    if (!(error instanceof UsageError)) throw error
    io.err(`tidemark ${command.name}: ${error.message} (see tidemark ${command.name} --help)`)
    return EXIT_BAD_INPUT
  }
}
