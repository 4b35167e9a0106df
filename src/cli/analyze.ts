import { clockOffset, matchCurve } from '#domain/clock/clockOffset.ts'
import { evidenceOf } from '#domain/evidence/evidenceOf.ts'
import type { EvidenceReport } from '#domain/evidence/evidence.ts'
import { SECOND_MS } from '#domain/units.ts'
import { readSeriesCsv } from '#sources/imports/csv/readSeriesCsv.ts'
import { FORMAT_TITLES } from '#sources/imports/fileFormat.ts'
import { ImportError } from '#sources/imports/importError.ts'
import { analyzeReport, analyzeText } from './analyzeReport.ts'
import { bundleEvidence } from './bundleEvidence.ts'
import { type Command, type CommandIo, EXIT_BAD_INPUT } from './command.ts'
import { readArguments, UsageError } from './commandInput.ts'
import { fileSource } from './fileSource.ts'
import { type Counted, fileEvidence, levelIn, type ReadTest, readTest } from './fileEvidence.ts'

const HELP = `Usage: tidemark analyze [--limit N] [--count threads|in-flight | --series FILE.csv] [--json] FILE...

Says whether a limit caused the capacity errors (503, refused handshakes) of a load test, whether
clients came back in a storm, and, with --series, whether the measured connections leak. FILE is what
"tidemark inspect" reads: JMeter, HAR, k6, Artillery, autocannon, Gatling, CSV. Without a limit the
verdict is "cannot-tell". Of a Tidemark bundle the verdict is worked out again, and told where it is
not the one that is stored.

  --limit N          the limit the count is held against; comes before a limit column
  --count threads    what the test had open: active threads, virtual users, WebSockets; the default
  --count in-flight  accepted requests in flight, from start and elapsed: exact in time
  --series FILE.csv  a measured series instead: time,value[,limit], header names free,
                     times ISO or epoch seconds or milliseconds
  --json             one JSON object per file, one per line
  --help             this text

Clock times are in UTC.

Exit codes: 0 not capacity-bound or cannot tell, 1 capacity-bound, partly, or a leak,
2 a file was refused.`

const EXIT_BAD_FINDING = 1
/** Less than this two clocks may differ by themselves. */
const CLOCK_TOLERANCE_MS = 2_000

/** `tidemark analyze`: the verdict on files, for people and pipelines. */
export const analyzeCommand: Command = {
  name: 'analyze',
  summary: 'says whether a limit caused the errors of a load test',
  help: HELP,
  async run(args, io, signal) {
    const { values, positionals } = readArguments({
      args,
      options: {
        limit: { type: 'string' },
        count: { type: 'string' },
        series: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    })
    if (positionals.length === 0) throw new UsageError('analyze needs at least one FILE')
    const limit = values.limit === undefined ? null : limitOf(values.limit)
    if (values.series !== undefined && values.count !== undefined)
      throw new UsageError(
        '--series and --count exclude each other: one series is held against the limit',
      )
    const kind = countedOf(values.count ?? 'threads')
    const warnings: string[] = []
    const counted = await orRefused(io, async (): Promise<Counted> => {
      if (values.series === undefined) return kind
      return seriesFrom(values.series, warnings, signal)
    })
    if (!counted) return EXIT_BAD_INPUT
    let exitCode = 0
    for (const path of positionals) {
      const test = await orRefused(io, async () =>
        withCount(kind, await readTest(await fileSource(path), path, signal), path),
      )
      if (!test) exitCode = EXIT_BAD_INPUT
      else {
        const { bundle } = test.file
        if (bundle && (values.series !== undefined || values.count !== undefined))
          throw new UsageError(
            `${path} is a Tidemark bundle and brings its own series: --series and --count are for results`,
          )
        const found = bundle
          ? bundleEvidence(bundle, limit)
          : {
              report: evidenceOf(fileEvidence(test, counted, limit)),
              warnings: [
                ...warnings,
                ...warningsOf(test),
                ...levelWarnings(counted, test),
                ...clockWarnings(counted, test),
              ],
            }
        tell(io, path, found.report, found.warnings, values.json)
        if (isBad(found.report) && exitCode === 0) exitCode = EXIT_BAD_FINDING
      }
    }
    return exitCode
  },
}

function limitOf(text: string): number {
  const limit = Number(text)
  if (text.trim() !== '' && Number.isFinite(limit) && limit >= 0) return limit
  throw new UsageError(`--limit ${text} is no limit: expected a number from 0 on`)
}

function countedOf(text: string): Counted {
  if (text === 'threads') return { kind: 'threads' }
  if (text === 'in-flight') return { kind: 'inFlight' }
  throw new UsageError(`--count ${text} is not known: expected threads or in-flight`)
}

async function seriesFrom(
  path: string,
  warnings: string[],
  signal: AbortSignal | undefined,
): Promise<Counted> {
  const csv = await readSeriesCsv(await fileSource(path), { name: path, signal })
  warnings.push(...csv.warnings.map((warning) => `${path}: ${warning}`))
  const [first] = csv.rejections
  if (first)
    warnings.push(`${path}: ${leftOut(csv.rejected, 'row')}; line ${first.line}: ${first.reason}`)
  return { kind: 'series', name: path, csv }
}

/** The same test, if what is to be held against the limit can be counted in it. Throws ImportError. */
function withCount(counted: Counted, test: ReadTest, path: string): ReadTest {
  if (counted.kind !== 'inFlight' || haveLength(test) || test.file.summary.samples === 0)
    return test
  throw new ImportError(
    'noUsableColumn',
    `${path}: requests in flight cannot be counted: ${FORMAT_TITLES[test.file.format]} does not tell when each began and ended`,
  )
}

/** What was read, or null where the file is refused, which is told. */
async function orRefused<T>(io: CommandIo, read: () => Promise<T>): Promise<T | null> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof ImportError)) throw error
    io.err(`tidemark analyze: ${error.message}`)
    return null
  }
}

function warningsOf({ file }: ReadTest): string[] {
  const [first] = file.rejected
  const rejected = first
    ? [`${leftOut(file.summary.rejected, 'record')}; line ${first.line}: ${first.reason}`]
    : []
  return [...file.warnings, ...rejected]
}

/** That there is nothing to hold against the limit, and what would be. */
function levelWarnings(counted: Counted, test: ReadTest): string[] {
  if (counted.kind !== 'threads' || levelIn(test.file) || test.file.summary.samples === 0) return []
  const inFlight = haveLength(test) ? '--count in-flight counts its requests, ' : ''
  return [`this file does not say what was open; ${inFlight}--series brings a measured series`]
}

const haveLength = ({ attempts }: ReadTest) =>
  attempts.some(({ startMs, endMs }) => endMs > startMs)

/** That the measured series and the test's file do not seem to share a clock. */
function clockWarnings(counted: Counted, { file }: ReadTest): string[] {
  const level = counted.kind === 'series' ? levelIn(file) : null
  if (counted.kind !== 'series' || !level) return []
  const found = clockOffset(matchCurve(counted.csv.series, level))
  if (found.kind === 'notAlignable') return []
  const { offsetMs, plusMinusMs, match } = found
  if (Math.abs(offsetMs) <= Math.max(plusMinusMs, CLOCK_TOLERANCE_MS)) return []
  const seconds = (ms: number) => (ms / SECOND_MS).toFixed(1)
  return [
    `the clock of this file seems wrong: its load fits ${counted.name} best when moved by ${seconds(offsetMs)} s (± ${seconds(plusMinusMs)} s, match ${match.toFixed(2)}); it was not moved`,
  ]
}

const leftOut = (count: number, noun: string) =>
  `${count} ${noun}${count === 1 ? '' : 's'} left out`

function tell(
  io: CommandIo,
  path: string,
  report: EvidenceReport,
  warnings: readonly string[],
  asJson: boolean,
) {
  if (asJson) io.out(JSON.stringify(analyzeReport(path, report, warnings)))
  else for (const line of analyzeText(path, report, warnings)) io.out(line)
}

const isBad = ({ verdict, leak }: EvidenceReport) =>
  verdict.word === 'capacity-bound' || verdict.word === 'partly' || leak?.word === 'leak'
