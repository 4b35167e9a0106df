import { expect, test } from 'vitest'
import { recogniseFormat } from './recogniseFormat.ts'

test.each([
  ['jtl-csv', 'timeStamp,elapsed,label,responseCode\n1795414353816,95,a,200\n'],
  ['jtl-csv', '\uFEFFtimeStamp\telapsed\tlabel\tresponseCode\n'],
  ['jtl-csv', '1795414353816,95,a,200,OK,tg 1-1,text,true,1,1,1,95\n'],
  ['jtl-xml', '<?xml version="1.0"?>\n<testResults version="1.2">\n'],
  ['har', '{\n  "log": {\n    "version": "1.1",'],
  ['har', '{"log":{"version":"1.2","creator":{}}}'],
  ['k6-json', '{"type":"Metric","data":{"name":"http_reqs"},"metric":"http_reqs"}\n'],
  ['k6-json', '{"metric":"http_reqs","type":"Point","data":{"value":1}}\n'],
  ['k6-csv', 'metric_name,timestamp,metric_value,check,error\nhttp_reqs,1633706790,1.0,,\n'],
  ['artillery-json', '{\n  "aggregate": { "counters": {} } }'],
  ['autocannon-json', '{"url":"http://x","requests":{"mean":1},"throughput":{"mean":2}}'],
  ['gatling-log', 'RUN\tPerfTest\t\tgatling-1\t1549411934496\t \t3.5.1\n'],
  ['csv', 'timestamp,value\n2014-04-10 00:04:00,94.0\n'],
  ['csv', 'time;count\n1;2\n'],
  [
    'bundle',
    '<!doctype html>\n<html lang="en">\n<head>\n<meta name="tidemark-bundle" content="1" />',
  ],
])('%s is recognised by how it begins', (format, head) => {
  expect(recogniseFormat(head)).toBe(format)
})

test.each(['{"a": 1}', '<html><body>', 'Dear reader,\nthis is a letter.', ''])(
  '%j is none of the formats',
  (head) => {
    expect(recogniseFormat(head)).toBeNull()
  },
)
