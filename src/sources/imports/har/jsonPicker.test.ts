import fc from 'fast-check'
import { expect, test } from 'vitest'
import { harEntry } from './harEntry.ts'
import { HAR_FIELDS } from './harFields.ts'
import { createJsonPicker } from './jsonPicker.ts'

const encoder = new TextEncoder()

/** What is picked from a text, and how many bytes of it were passed; null where it is to be parsed as a whole. */
function pickFrom(text: string, fields = HAR_FIELDS) {
  const picker = createJsonPicker(fields)
  const bytes = encoder.encode(text)
  const end = picker.pick(bytes, 0)
  const json = () => JSON.parse(picker.text()) as unknown
  const aside = picker.asideText()
  return end < 0 ? null : { end, json, aside, lineFeeds: picker.lineFeeds() }
}

test('only what is wanted is copied, as it stands', () => {
  const picked = pickFrom(
    `{ "a" : [1, {"b": "}\\""}],
       "time":1.50e2,"request":{"url":"\\u0041","headers":[{}]}, "response": {"status":-0,
       "content":{"text":"body\\n","size":3},"headers":[{"value":"1","name":"ININ-correlation-ID"},{"name":"x"}]},
       "_webSocketMessages":[{"time":1},{"time":2}]}tail`,
  )
  expect(picked?.json()).toEqual({
    time: 150,
    request: { url: 'A' },
    response: {
      status: -0,
      content: {},
      headers: [{ value: '1', name: 'ININ-correlation-ID' }],
    },
    _webSocketMessages: [{ time: 2 }],
  })
  expect(picked?.aside).toBe('"body\\n"')
  expect(picked?.lineFeeds).toBe(3)
})

test.each([
  ['a wanted key twice', '{"time":1,"time":2}'],
  ['a key written with escapes', '{"t\\u0069me":1}'],
  ['an end that is missing', '{"time":1'],
  ['a string that does not end', '{"x":"a\\"}'],
  ['a colon that is missing', '{"time" 1}'],
  ['a comma that is missing', '{"time":1 "x":2}'],
  ['a comma too many', '{"time":1,}'],
  ['a value that is missing', '{"time":}'],
  ['no object', '["time"]'],
])('%s is left to the parser of the whole', (_, text) => {
  expect(pickFrom(text)).toBeNull()
})

/** A text written in JSON, one of so many with escapes that nobody needs. */
const written = (words: string, oneOf = 10) =>
  fc.nat(oneOf).map((way) => (way > 0 ? JSON.stringify(words) : `"${escaped(words)}"`))

const escaped = (words: string) =>
  Array.from(
    { length: words.length },
    (_, i) => `\\u${words.charCodeAt(i).toString(16).padStart(4, '0')}`,
  ).join('')

const blank = fc.constantFrom('', '', '', ' ', '\n', '\r\n\t', '  ')

/** An object of members in any order; now and then one of them comes twice. */
const objectOf = (members: fc.Arbitrary<readonly [string, string]>) =>
  fc
    .oneof(
      {
        weight: 30,
        arbitrary: fc.uniqueArray(members, { selector: ([name]) => name, maxLength: 9 }),
      },
      { weight: 1, arbitrary: fc.array(members, { maxLength: 9 }) },
    )
    .chain((all) => fc.tuple(...all.map(writtenMember)))
    .map((all) => `{${all.join(',')}}`)

const writtenMember = ([name, value]: readonly [string, string]) =>
  fc
    .tuple(written(name, 200), blank, blank)
    .map(([key, before, behind]) => `${before}${key}${behind}:${before}${value}${behind}`)

const listOf = (items: fc.Arbitrary<string>) =>
  fc.array(items, { maxLength: 4 }).map((all) => `[${all.join(', ')}]`)

const number = fc.constantFrom('0', '-1', '200', '503', '1e999', '-0.5E+3', '9007199254740993')
const text = fc
  .constantFrom('', 'GET', 'x\\y', '"{[', '\u0000\ud800', 'é\n😀', 'base64', '{"code":"a.b"}')
  .chain((words) => written(words))
const anything: fc.Arbitrary<string> = fc.letrec<{ json: string }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom('null', 'true', 'false'),
    number,
    text,
    listOf(tie('json')),
    objectOf(fc.tuple(fc.constantFrom('__proto__', 'time', 'text', 'a', ''), tie('json'))),
  ),
})).json

/** Mostly what a field holds, now and then anything else. */
const mostly = (value: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 12, arbitrary: value }, { weight: 1, arbitrary: anything })
const field = (name: string, value: fc.Arbitrary<string>) =>
  fc.tuple(fc.constant(name), mostly(value))
const other = fc.tuple(fc.constantFrom('__proto__', 'constructor', 'cookies', 'Time', ''), anything)

const header = objectOf(
  fc.oneof(
    field(
      'name',
      fc
        .constantFrom('date', 'Date', 'AGE', 'Inin-Correlation-Id', 'x')
        .chain((words) => written(words)),
    ),
    field(
      'value',
      fc
        .constantFrom('0', 'Thu, 17 Sep 2026 11:00:00 GMT', 'c-1', '\\')
        .chain((words) => written(words)),
    ),
    other,
  ),
)
const start = fc
  .constantFrom('2026-09-17T11:00:00.000Z', '2026-09-17 11:00:00')
  .chain((words) => written(words))
const request = objectOf(other).map(
  (object) => `{"method":"GET","url":"wss://a.b/c"${object === '{}' ? '}' : `,${object.slice(1)}`}`,
)
const content = objectOf(fc.oneof(field('text', text), field('encoding', text), other))
const response = objectOf(
  fc.oneof(
    field('status', number),
    field('statusText', text),
    field('headers', listOf(mostly(header))),
    field('content', content),
    field('_failureText', text),
    field('_error', text),
    field('_transferSize', number),
    other,
  ),
)
const message = objectOf(fc.oneof(field('time', number), other))
const rest = objectOf(
  fc.oneof(
    field('time', number),
    field('response', response),
    field('timings', objectOf(fc.oneof(field('wait', number), field('dns', number)))),
    field('_fromCache', text),
    field('_resourceType', fc.constantFrom('"websocket"', '"xhr"')),
    field('_webSocketMessages', listOf(mostly(message))),
    other,
  ),
)
const begin = fc.constantFrom('', '"cookies":[{"a":[]}],', '"pageref":"p\\"1",\n')

/** An entry with what it must have, among the rest. */
const entry = fc.tuple(begin, start, request, rest).map(([first, at, asked, object]) => {
  const own = `${first}"startedDateTime":${at},"request":${asked}`
  return object === '{}' ? `{${own}}` : `{${own},${object.slice(1)}`
})

test('an entry says the same picked as whole', () => {
  let picks = 0
  let entries = 0
  fc.assert(
    fc.property(entry, (json) => {
      const picked = pickFrom(json)
      if (!picked) return
      picks += 1
      expect(picked.end).toBe(encoder.encode(json).length)
      const { aside } = picked
      const own = harEntry(picked.json(), () => (aside === null ? undefined : JSON.parse(aside)))
      const whole = harEntry(JSON.parse(json))
      if (typeof own === 'string' || typeof whole === 'string') {
        expect(own).toBe(whole)
        return
      }
      entries += 1
      expect({ ...own, errorBody: own.errorBody() }).toEqual({
        ...whole,
        errorBody: whole.errorBody(),
      })
    }),
    { numRuns: 3_000 },
  )
  expect(picks).toBeGreaterThan(2_000)
  expect(entries).toBeGreaterThan(1_000)
})

test('an entry that is cut off anywhere is not picked', () => {
  fc.assert(
    fc.property(entry, fc.nat(), (json, cut) => {
      expect(pickFrom(json.slice(0, cut % json.length))).toBeNull()
    }),
    { numRuns: 500 },
  )
})
