/** Where a command writes: lines without their line ends. */
export type CommandIo = {
  out: (line: string) => void
  err: (line: string) => void
}

/** One command of `tidemark`, as `tidemark --help` lists it. */
export type Command = {
  name: string
  /** One line for the list of commands. */
  summary: string
  /** What `--help` prints. */
  help: string
  /**
   * Runs with the words after the command's name. Gives the exit code: 0 fine, 1 the finding is bad,
   * 2 bad input or usage, told in one line on `err`. The signal asks a server to stop.
   */
  run: (args: string[], io: CommandIo, signal?: AbortSignal) => Promise<number>
}

/** What a mistake in the arguments costs (design §9). */
export const EXIT_BAD_INPUT = 2
