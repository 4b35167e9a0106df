import { expect, test } from 'vitest'
import { readPrometheusUrl } from './prometheusUrl.ts'

test.each([
  ['127.0.0.1:9090', 'http://127.0.0.1:9090'],
  ['https://metrics.example/prometheus/', 'https://metrics.example/prometheus'],
  ['/prometheus', '/prometheus'],
  [' /team/prometheus/ ', '/team/prometheus'],
])('%s is where a Prometheus may be', (typed, url) => {
  expect(readPrometheusUrl(typed)).toEqual({ url, problem: null })
})

test.each(['', '/', '//metrics.example', '/a/../b', '/a?b', 'ftp://a', 'https://u:p@a.example'])(
  '“%s” is refused in a sentence that says what to type',
  (typed) => {
    const { url, problem } = readPrometheusUrl(typed)
    expect(url).toBeNull()
    expect(problem).toMatch(/type one such as .*\/prometheus/)
  },
)
