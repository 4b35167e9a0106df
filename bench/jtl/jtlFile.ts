import { appendFileSync, writeFileSync } from 'node:fs'

/** The header of JMeter 5 with its 17 default columns. */
const HEADER =
  'timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,bytes,sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect\n'

const START_MS = 1_789_642_800_000
const LABELS = [
  'GET /api/v2/stations',
  'POST /api/v2/notifications/channels',
  '"GET /api/v2/users?expand=presence,skills"',
  '"POST ""login"", then token"',
  'GET /api/v2/routing/queues/{id}/members',
  'WS /v1/channels',
] as const
const FAILURES = [
  ['503', 'Service Unavailable', '"Test failed: code expected to equal /200/, was 503"'],
  ['429', 'Too Many Requests', ''],
  [
    'Non HTTP response code: java.net.SocketTimeoutException',
    '"Non HTTP response message: Read timed out, ""twice"""',
    '',
  ],
] as const

const LINES_AT_ONCE = 10_000

/** What a reader must find in a file of so many rows. */
export type JtlSums = { rows: number; elapsed: number; errors: number }

/** Lines, the same ones each time: a test of 200 threads, 3 % of whose requests fail. */
function createJtlLines() {
  let seed = 42
  const random = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return seed / 2 ** 32
  }
  const sums: JtlSums = { rows: 0, elapsed: 0, errors: 0 }
  return {
    header: HEADER,
    sums,
    next(): string {
      const row = sums.rows
      const elapsed = 20 + Math.floor(400 * random() ** 3)
      const failure = random() < 0.03 ? FAILURES[Math.floor(FAILURES.length * random())]! : null
      const thread = 1 + Math.floor(200 * random())
      const threads = Math.min(200, 1 + Math.floor(row / 500))
      const label = LABELS[Math.floor(LABELS.length * random())]!
      const [code, message, failureMessage] = failure ?? ['200', 'OK', '']
      sums.rows += 1
      sums.elapsed += elapsed
      if (failure) sums.errors += 1
      return (
        `${START_MS + row * 2 - elapsed},${elapsed},${label},${code},${message},Agents 1-${thread},text,` +
        `${failure === null},${failureMessage},${500 + (row % 3_000)},${200 + (row % 90)},${threads},${threads},` +
        `https://api.example/v2/stations,${elapsed - 3},0,${row % 7}\n`
      )
    },
  }
}

/** Writes a file of so many rows and gives what must be found in it. */
export function writeJtl(path: string, rows: number): JtlSums {
  const lines = createJtlLines()
  writeFileSync(path, lines.header)
  while (lines.sums.rows < rows) {
    const some = Math.min(LINES_AT_ONCE, rows - lines.sums.rows)
    appendFileSync(path, Array.from({ length: some }, () => lines.next()).join(''))
  }
  return lines.sums
}
