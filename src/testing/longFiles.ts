import type { ByteSource } from '#sources/imports/byteSource.ts'
import type { FileFormat } from '#sources/imports/fileFormat.ts'
import { FILE_TEXTS } from './fileTexts.ts'
import { JTL_HEADER } from './jtlText.ts'

/** 2026-09-17 11:00:00 UTC. */
const AT = 1_789_642_800_000

/** How a file begins and ends, and its rows by number; `atMs` is where in the run a row is. */
type LongFile = { head: string; row: (i: number, atMs: number) => string; tail: string }

const iso = (atMs: number) => new Date(AT + atMs).toISOString()
const codeOf = (i: number) => (i % 33 === 0 ? 503 : 200)

/** A report that is read as a whole, made long by what nobody reads. */
const paddedReport = (text: string): LongFile => ({
  head: text.slice(0, -1),
  row: () => `${' '.repeat(99)}\n`,
  tail: '}',
})
/** Files of any length of each format; where rows are samples, one in 33 is a refusal. */
export const LONG_FILES: Readonly<Record<Exclude<FileFormat, 'bundle'>, LongFile>> = {
  'jtl-csv': {
    head: `${JTL_HEADER}\n`,
    row: (i, atMs) =>
      `${AT + atMs},${20 + (i % 400)},GET /jobs/${i % 7},${codeOf(i)},said,Agents ${i % 20} 1-${i % 200},${codeOf(i) === 200},${i % 130}\n`,
    tail: '',
  },
  'jtl-xml': {
    head: '<?xml version="1.0" encoding="UTF-8"?>\n<testResults version="1.2">\n',
    row: (i, atMs) =>
      `<httpSample t="${20 + (i % 400)}" ts="${AT + atMs}" s="${codeOf(i) === 200}" lb="GET /jobs/${i % 7}" rc="${codeOf(i)}" rm="said" tn="Agents 1-${i % 200}" na="${i % 130}"><java.net.URL>https://a.example/${i}</java.net.URL></httpSample>\n`,
    tail: '</testResults>\n',
  },
  har: {
    head: '{"log":{"version":"1.2","entries":[',
    row: (i, atMs) =>
      `${i === 0 ? '' : ',\n'}{"startedDateTime":"${iso(atMs)}","time":40,"request":{"method":"GET","url":"https://a.example/x/${i}"},"response":{"status":200,"statusText":"","headers":[{"name":"date","value":"Thu, 17 Sep 2026 11:00:00 GMT"}],"content":{"text":"${'\\"body\\n '.repeat(20)}"}}}`,
    tail: ']}}',
  },
  'k6-json': {
    head: '{"type":"Metric","data":{"name":"http_reqs"},"metric":"http_reqs"}\n',
    row: (i, atMs) =>
      `{"metric":"${i % 10 === 0 ? 'vus' : 'http_reqs'}","type":"Point","data":{"time":"${iso(atMs)}","value":1,"tags":{"status":"${codeOf(i)}","name":"https://a.example/${i % 7}","method":"GET"}}}\n`,
    tail: '',
  },
  'gatling-log': {
    head: `RUN\tTest\t\tid\t${AT}\t \t3.5.1\nUSER\tAll\tSTART\t${AT}\t${AT}\n`,
    row: (i, atMs) =>
      `REQUEST\t\topen ${i % 7}\t${AT + atMs}\t${AT + atMs + 20 + (i % 400)}\t${codeOf(i) === 200 ? 'OK\t ' : `KO\tstatus.find.in(200), but actually found 503`}\n`,
    tail: '',
  },
  csv: {
    head: 'when,open,waiting,note,limit\n',
    row: (i, atMs) => `${AT + atMs},${i % 130},${i % 7},a note,${i < 1000 ? 100 : 120}\n`,
    tail: '',
  },
  'k6-csv': {
    head: 'metric_name,timestamp,metric_value,error_code,name,status\n',
    row: (i, atMs) =>
      `${i % 10 === 0 ? 'vus' : 'http_reqs'},${(AT + atMs) / 1000},1,,https://a.example/${i % 7},${codeOf(i)}\n`,
    tail: '',
  },
  'artillery-json': paddedReport(FILE_TEXTS['artillery-json']),
  'autocannon-json': paddedReport(FILE_TEXTS['autocannon-json']),
}

const CHUNK_ROWS = 500

/**
 * A file of so many rows over an hour, written while it is read, so that it takes no memory. `onPull` hears
 * how many rows were handed over, before each handful.
 */
export function longFile(
  { head, row, tail }: LongFile,
  rows: number,
  onPull: (rows: number) => void = () => undefined,
): ByteSource {
  const encoder = new TextEncoder()
  const stepMs = 3_600_000 / rows
  const some = (from: number) =>
    Array.from({ length: Math.min(CHUNK_ROWS, rows - from) }, (_, k) =>
      row(from + k, Math.floor((from + k) * stepMs)),
    ).join('')
  let done = 0
  return {
    // Not known before it is written; only progress asks.
    size: rows * row(1, 0).length,
    stream: () =>
      new ReadableStream(
        {
          start: (controller) => controller.enqueue(encoder.encode(head)),
          pull(controller) {
            onPull(done)
            if (done < rows) {
              controller.enqueue(encoder.encode(some(done)))
              done = Math.min(rows, done + CHUNK_ROWS)
              return
            }
            if (tail !== '') controller.enqueue(encoder.encode(tail))
            controller.close()
          },
        },
        { highWaterMark: 0 },
      ),
  }
}
