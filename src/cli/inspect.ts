import { ImportError } from '#sources/imports/importError.ts'
import type { FileImport } from '#sources/imports/fileImport.ts'
import { readFile } from '#sources/imports/readFile.ts'
import { type Command, type CommandIo, EXIT_BAD_INPUT } from './command.ts'
import { readArguments, UsageError } from './commandInput.ts'
import { fileSource } from './fileSource.ts'
import { inspectReport, inspectText } from './inspectReport.ts'

const HELP = `Usage: tidemark inspect [--json] FILE...

Says what is in a file: samples, times, statuses, errors by class, threads. The format is
recognised by content: JMeter CSV and XML, HAR, k6 JSON and CSV, Artillery and
autocannon JSON, Gatling text logs, Tidemark bundles, and any CSV with a column of times.

  --json   one JSON object per file, one per line
  --help   this text

Exit codes: 0 read (also in part; "rejected" tells what was left out), 2 a file was refused.`

/**
 * `tidemark inspect`: what is in a file. Every file is told about; one that is refused makes the
 * exit code 2.
 */
export const inspectCommand: Command = {
  name: 'inspect',
  summary: 'says what is in a file (JMeter, HAR, k6, Artillery, autocannon, Gatling, CSV, bundle)',
  help: HELP,
  async run(args, io, signal) {
    const { values, positionals } = readArguments({
      args,
      options: { json: { type: 'boolean', default: false } },
      allowPositionals: true,
    })
    if (positionals.length === 0) throw new UsageError('inspect needs at least one FILE')
    let exitCode = 0
    for (const path of positionals) {
      const isRead = await inspectFile(path, values.json, io, signal)
      if (!isRead) exitCode = EXIT_BAD_INPUT
    }
    return exitCode
  },
}

async function inspectFile(
  path: string,
  asJson: boolean,
  io: CommandIo,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  let result: { read: FileImport; bytes: number }
  try {
    result = await readFileOf(path, signal)
  } catch (error) {
    if (!(error instanceof ImportError)) throw error
    io.err(`tidemark inspect: ${error.message}`)
    return false
  }
  const report = inspectReport(path, result.bytes, result.read)
  if (asJson) io.out(JSON.stringify(report))
  else for (const line of inspectText(report)) io.out(line)
  return true
}

async function readFileOf(path: string, signal: AbortSignal | undefined) {
  const source = await fileSource(path)
  return { read: await readFile(source, { name: path, signal }), bytes: source.size }
}
