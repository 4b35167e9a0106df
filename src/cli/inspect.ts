import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { ImportError } from '#sources/imports/importError.ts'
import type { ByteSource } from '#sources/imports/byteSource.ts'
import { type JtlImport, readJtl } from '#sources/imports/jtl/readJtl.ts'
import { type Command, type CommandIo, EXIT_BAD_INPUT } from './command.ts'
import { callersPath, readArguments, UsageError } from './commandInput.ts'
import { inspectReport, inspectText } from './inspectReport.ts'

const HELP = `Usage: tidemark inspect [--json] FILE...

Says what is in a file: samples, times, statuses, errors by class, threads. The format is
recognised by content; this version reads JMeter CSV (.jtl).

  --json   one JSON object per file, one per line
  --help   this text

Exit codes: 0 read (also in part; "rejected" tells what was left out), 2 a file was refused.`

/** `tidemark inspect`: what is in a file. Every file is told about; one that is refused makes the exit code 2. */
export const inspectCommand: Command = {
  name: 'inspect',
  summary: 'says what is in a file (JMeter CSV)',
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
  let result: { jtl: JtlImport; bytes: number }
  try {
    result = await readFileOf(path, signal)
  } catch (error) {
    if (!(error instanceof ImportError)) throw error
    io.err(`tidemark inspect: ${error.message}`)
    return false
  }
  const report = inspectReport(path, result.bytes, result.jtl)
  if (asJson) io.out(JSON.stringify(report))
  else for (const line of inspectText(report)) io.out(line)
  return true
}

async function readFileOf(path: string, signal: AbortSignal | undefined) {
  const source = await fileSource(path)
  return { jtl: await readJtl(source, { name: path, signal }), bytes: source.size }
}

/** A file on disk, read piece by piece. Throws ImportError `unreadable`. */
async function fileSource(path: string): Promise<ByteSource> {
  const full = callersPath(path)
  try {
    const file = await open(full)
    const about = await file.stat()
    await file.close()
    if (about.isDirectory()) throw new ImportError('unreadable', `${path} is a folder, not a file`)
    return {
      size: about.size,
      stream: () => Readable.toWeb(createReadStream(full)) as ReadableStream<Uint8Array>,
    }
  } catch (error) {
    if (error instanceof ImportError) throw error
    throw new ImportError('unreadable', `${path} ${reasonOf(error)}`, { cause: error })
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EACCES: 'may not be read',
  EPERM: 'may not be read',
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const message = error instanceof Error ? error.message : String(error)
  return REASONS[code] ?? `cannot be read: ${message}`
}
