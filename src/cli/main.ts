import { setFlagsFromString } from 'node:v8'
import { runCommandLine } from './commandLine.ts'

// What runs for weeks beside other programs collects its garbage when that is a quarter of what it
// holds: V8 would let it become as much again, and more after a busy start.
if (['record', 'serve'].includes(process.argv[2] ?? ''))
  setFlagsFromString('--heap-growing-percent=25')

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
