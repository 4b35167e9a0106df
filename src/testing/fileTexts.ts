import type { FileFormat } from '#sources/imports/fileFormat.ts'
import { jtlLine, jtlText } from './jtlText.ts'

/** 2026-09-17 11:00:00 UTC. */
const AT = 1_789_642_800_000
const iso = (afterMs: number) => new Date(AT + afterMs).toISOString()

const xmlSample = (afterMs: number, code: number, inner = '') =>
  `<httpSample t="40" ts="${AT + afterMs}" s="${code < 400}" lb="open" rc="${code}" rm="" tn="Agents 1-1" na="3">${inner}</httpSample>`

const harEntry = (afterMs: number, status: number, more = '{}') =>
  `{"startedDateTime":"${iso(afterMs)}","time":40,"request":{"method":"POST","url":"https://api.mypurecloud.de/api/v2/notifications/channels"},"response":{"status":${status},"statusText":"","headers":[],"content":{"text":""}},"x":${more}}`

const k6Point = (metric: string, afterMs: number, status: number) =>
  JSON.stringify({
    metric,
    type: 'Point',
    data: { time: iso(afterMs), value: 1, tags: { status: String(status), name: 'https://a/b' } },
  })

/**
 * A small file of each format that is read, with one refusal (503) in it where the format can tell. A
 * bundle is none of them: it holds an incident, and `writeBundle` writes it.
 */
export const FILE_TEXTS: Readonly<Record<Exclude<FileFormat, 'bundle'>, string>> = {
  'jtl-csv': jtlText(jtlLine(0, 200, 3), jtlLine(1, 503, 4), jtlLine(2, 200, 4)),
  'jtl-xml': `<?xml version="1.0" encoding="UTF-8"?>\n<testResults version="1.2">\n${xmlSample(0, 200, xmlSample(5, 302))}\n${xmlSample(900, 503)}\n</testResults>\n`,
  har: `{"log":{"version":"1.2","creator":{"name":"x"},"entries":[${harEntry(0, 200)},${harEntry(900, 503, '{"entries":[{"a":"}]\\""}]}')}]}}`,
  'k6-json': `{"type":"Metric","data":{"name":"http_reqs"},"metric":"http_reqs"}\n${k6Point('http_reqs', 0, 200)}\n${k6Point('vus', 500, 0)}\n${k6Point('http_reqs', 900, 503)}\n`,
  'k6-csv': `metric_name,timestamp,metric_value,error,error_code,expected_response,method,name,status,url\nhttp_reqs,${AT / 1000},1,,,true,GET,a,200,a\nhttp_reqs,${AT / 1000 + 1},1,,1503,false,GET,a,503,a\nvus,${AT / 1000},7,,,,,,,\n`,
  'artillery-json': JSON.stringify({
    aggregate: { counters: { 'http.codes.200': 5, 'http.codes.503': 2 } },
    intermediate: [
      {
        period: String(AT),
        counters: { 'http.requests': 4, 'http.codes.200': 4, 'vusers.created': 3 },
      },
      {
        period: String(AT + 10_000),
        counters: { 'http.requests': 3, 'http.codes.200': 1, 'http.codes.503': 2 },
      },
    ],
  }),
  'autocannon-json': JSON.stringify({
    url: 'http://127.0.0.1',
    connections: 10,
    requests: { mean: 1, total: 30, sent: 32 },
    throughput: { mean: 1 },
    errors: 2,
    timeouts: 1,
    start: iso(0),
    finish: iso(10_000),
    statusCodeStats: { 200: { count: 27 }, 503: { count: 3 } },
  }),
  'gatling-log': `RUN\tTest\t\tid\t${AT}\t \t3.5.1\nUSER\tAll\tSTART\t${AT}\t${AT}\nREQUEST\t\topen\t${AT + 1}\t${AT + 40}\tOK\t \nREQUEST\t\topen\t${AT + 900}\t${AT + 940}\tKO\tstatus.find.in(200,201), but actually found 503\nUSER\tAll\tEND\t${AT}\t${AT + 2000}\n`,
  csv: `when,open sockets,limit\n${iso(0)},5,10\n${iso(1000)},,10\n${iso(2000)},9,12\n`,
}
