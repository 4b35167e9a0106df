import { runCommandLine } from './commandLine.ts'

const stop = new AbortController()
process.once('SIGINT', () => stop.abort())
process.once('SIGTERM', () => stop.abort())

process.exitCode = await runCommandLine(
  process.argv.slice(2),
  { out: (line) => console.log(line), err: (line) => console.error(line) },
  stop.signal,
)
