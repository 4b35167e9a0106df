import { runCommandLine } from './commandLine.ts'

const stop = new AbortController()
process.once('SIGINT', () => stop.abort())
process.once('SIGTERM', () => stop.abort())

// `tidemark inspect … | head` closes the pipe early: that is no failure, and nobody reads on.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})

process.exitCode = await runCommandLine(
  process.argv.slice(2),
  { out: (line) => console.log(line), err: (line) => console.error(line) },
  stop.signal,
)
