import fc from 'fast-check'
import { expect, test } from 'vitest'
import { incidentEvidence } from '#domain/incident/incidentEvidence.ts'
import { someIncident } from '#testing/someIncident.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { manifestText } from '../../exports/bundle/manifest.ts'
import { writeBundle } from '../../exports/bundle/writeBundle.ts'
import { ImportError } from '../importError.ts'
import { readFile } from '../readFile.ts'
import { bundleWords } from './bundleWords.ts'
import { checkBundle } from './checkBundle.ts'
import { partsIn } from './partsIn.ts'
import { readBundle } from './readBundle.ts'

const incident = someIncident()
const { html, fingerprint } = writeBundle(incident, incidentEvidence(incident), 'check()')

const read = (text: string) => readBundle(text, 'incident.html')
const readBytes = (bytes: BlobPart) => readFile(new Blob([bytes]), { name: 'incident.html' })

/** The same with one part written another way. */
function changedPart(part: string, change: (text: string) => string): string {
  const found = partsIn(html, 'incident.html').find((one) => one.part === part)!
  const changed = change(found.text)
  expect(changed).not.toBe(found.text)
  return html.replace(found.text, () => changed)
}

const wordsOf = (text: string) => {
  const bundle = read(text)
  return bundleWords(bundle, checkBundle(bundle))
}

test('an untouched bundle says so, with its fingerprint', () => {
  const { state, sentence } = wordsOf(html)
  expect(state).toBe('intact')
  expect(sentence).toMatch(
    /^Checked: \d+ parts intact, the verdict recomputed here is the same\. Fingerprint (?:[\da-f]{4} ){15}[\da-f]{4}\.$/,
  )
  expect(sentence.replace(/\W/g, '')).toContain(fingerprint)
})

test('one digit of one sample is noticed, and its series named', () => {
  const { state, sentence } = wordsOf(
    changedPart('series-1', (text) => text.replace(/\[10000,1000\]/, '[10000,1001]')),
  )
  expect(state).toBe('changed')
  expect(sentence).toMatch(/^Changed after it was written: series WebSocket connections\. /)
})

test('samples that were taken down to below the limit change the verdict, and both are told', () => {
  const { sentence } = wordsOf(
    changedPart('series-1', (text) => text.replace(/\[10000,(\d+)\]/g, '[10000,7]')),
  )
  expect(sentence).toContain(
    'Recomputed from what is in it: Not capacity-bound; stored: Capacity-bound.',
  )
})

test('any other character in any part is noticed, or leaves nothing to read', () => {
  const parts = partsIn(html, 'incident.html')
  const place = fc
    .constantFrom(...parts)
    .chain(({ part, text }) => fc.record({ part: fc.constant(part), at: fc.nat(text.length - 1) }))
  const printable = fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code))
  fc.assert(
    fc.property(place, printable, ({ part, at }, char) => {
      const { text } = parts.find((one) => one.part === part)!
      fc.pre(text[at] !== char)
      const changed = html.replace(text, () => text.slice(0, at) + char + text.slice(at + 1))
      const outcome = outcomeOf(changed)
      expect(outcome).not.toBe('intact')
    }),
    { numRuns: 300 },
  )
})

function outcomeOf(text: string): string {
  try {
    return read(text).isIntact ? 'intact' : 'changed'
  } catch (error) {
    if (!(error instanceof ImportError)) throw error
    expect(error.message).toContain('incident.html')
    return 'refused'
  }
}

test('a part that nobody listed is noticed', () => {
  const more = html.replace(
    '<script type="application/json" id="tidemark-notes">',
    '<script type="application/json" id="tidemark-more">[]</script>$&',
  )
  expect(read(more).checks.filter(({ isIntact }) => !isIntact)).toEqual([
    { part: 'more', title: 'more', isIntact: false },
  ])
})

test('mail and editors may write it in another way: that is no change', async () => {
  const utf16 = Uint16Array.from({ length: html.length + 1 }, (_, i) =>
    i === 0 ? 0xfeff : html.charCodeAt(i - 1),
  )
  const latin1 = Uint8Array.from(html, (char) => Math.min(char.charCodeAt(0), 255))
  const crlf = html.replaceAll('\n', '\r\n')
  const forms: BlobPart[] = [html, `\uFEFF${html}`, crlf, new Uint8Array(utf16.buffer), latin1]
  for (const form of forms) {
    const { bundle, format } = await readBytes(form)
    expect(format).toBe('bundle')
    expect(bundle?.isIntact).toBe(true)
    expect(bundle?.fingerprint).toBe(fingerprint)
    expect(bundle?.incident).toEqual(incident)
  }
})

test('a file says what is in it', async () => {
  const { summary, warnings, observation, fileId } = await readBytes(html)
  expect(summary).toMatchObject({ samples: 630, codes: null, labels: null, rejected: 0 })
  expect(summary.classes?.capacity).toBe(incidentEvidence(incident).verdict.errors)
  expect(warnings).toEqual([])
  expect(observation.samples).toEqual([])
  expect(fingerprint.startsWith(fileId)).toBe(true)
})

test('cut off anywhere it is refused, or read whole', () => {
  const data = html.indexOf('<script id="tidemark-viewer"')
  for (let end = 1_000; end < html.length; end += 7_919) {
    const outcome = outcomeOf(html.slice(0, end))
    expect(outcome).toBe(end < data ? 'refused' : 'changed')
  }
  expect(() => read(html.slice(0, html.indexOf('"times":"steps"')))).toThrow(
    /^incident\.html is cut off: its part "series-1", which begins in line \d+, has no end$/,
  )
  expect(() =>
    read(html.slice(0, html.indexOf('<script type="application/json" id="tidemark-notes"'))),
  ).toThrow('incident.html is cut off or was changed: its part "notes" is missing')
})

test('a newer version is refused by its name', () => {
  const newer = changedPart('manifest', (text) => text.replace('"version":1', '"version":2'))
  expect(() => read(newer)).toThrow(
    'incident.html is a Tidemark bundle of version 2, and this Tidemark reads up to version 1',
  )
})

test.each([
  ['head', /"zone":"[^"]*"/, '"zone":"Mars/Olympus"', 'zone is no time zone that is known here'],
  ['head', /"to":\d+/, '"to":1e300', 'to is 1e+300, which is too large'],
  ['head', /"own":1/, '"own":"1"', 'own is "1", and a number was expected'],
  ['series-1', /\[10000,/, '[-10000,', 'row 2: it is older than the one before it'],
  ['series-1', /\[10000,\d+\]/, '[10000,"many"]', 'row 2: its value is neither a number nor a gap'],
  ['series-1', /\[10000,\d+\]/, '[1e999,1]', 'row 2: its time is no instant'],
  ['series-1', /\[10000,\d+\]/, '{"__proto__":[]}', 'row 2: it is no list'],
  [
    'errors',
    /"kinds":\[\n\{"class":"\w+"/,
    '"kinds":[\n{"class":"magic"',
    'kinds[0].class is "magic"',
  ],
  ['clients', /"kinds":\["opened"/, '"kinds":["stolen"', 'kinds[0] is "stolen"'],
  ['notes', /"text":/, '"words":', '[0].text is missing'],
])('%s: %s is told by its place', (part, found, put, told) => {
  const text = changedPart(part, (before) => before.replace(found, put))
  expect(() => read(text)).toThrow(ImportError)
  expect(() => read(text)).toThrow(told)
  expect(() => read(text)).toThrow(`part "${part}"`)
})

test('what is no JSON is told by its line', () => {
  const text = changedPart('notes', (before) => before.replace('[', '[ oops'))
  const line = text.slice(0, text.indexOf('oops')).split('\n').length
  expect(() => read(text)).toThrow(
    `incident.html, line ${line}: its part "notes": something stands there that is no JSON`,
  )
})

test('a part that stands in it twice is refused: two readers could take one each', () => {
  const twice = html.replace(
    /<script type="application\/json" id="tidemark-notes">[^<]*<\/script>/,
    '$&$&',
  )
  expect(() => read(twice)).toThrow('its part "notes" stands in it twice')
})

test('keys that other programs trip over are keys like any other', () => {
  const text = changedPart('head', (before) =>
    before.replace('"own":', '"__proto__":{"isAdmin":true},"own":'),
  )
  const bundle = read(text)
  expect(bundle.isIntact).toBe(false)
  expect('isAdmin' in bundle.incident).toBe(false)
  expect('isAdmin' in {}).toBe(false)
})

test('a stored verdict that was rewritten is noticed, and the recomputed one told', () => {
  const { state, sentence } = wordsOf(
    changedPart('report', (text) => text.replace('"word": "capacity-bound"', '"word": "partly"')),
  )
  expect(state).toBe('changed')
  expect(plainSpaces(sentence)).toBe(
    'Changed after it was written: stored verdict. Recomputed from what is in it: Capacity-bound; stored: Partly.',
  )
})

/** The list of parts written again for parts that somebody made to fit it. */
function relisted(text: string, relist: (parts: [string, string][]) => [string, string][]): string {
  const found = partsIn(text, 'incident.html').find(({ part }) => part === 'manifest')!
  const { version, parts } = JSON.parse(found.text) as {
    version: number
    parts: [string, string][]
  }
  return text.replace(found.text, () => manifestText({ version, parts: relist(parts) }))
}

const changedTitles = (text: string) =>
  read(text)
    .checks.filter(({ isIntact }) => !isIntact)
    .map(({ title }) => title)

test('a part in a script that a browser would read and this reader does not see is noticed', () => {
  const tag = '<script type="application/json" id="tidemark-series-1">'
  const hidden = html.replace(
    tag,
    `<script  type="application/json" id="tidemark-series-1">{}</script>${tag}`,
  )
  expect(changedTitles(hidden)).toEqual(['scripts beside its parts'])
  expect(changedTitles(html.replace('</main>', '<SCRIPT>run()</SCRIPT></main>'))).toEqual([
    'scripts beside its parts',
  ])
})

test.each<[string, (parts: [string, string][]) => [string, string][]]>([
  ['in another order', (parts) => [parts[0]!, parts[2]!, parts[1]!, ...parts.slice(3)]],
  ['with one twice', (parts) => [...parts.slice(0, 3), parts[2]!, ...parts.slice(3)]],
  ['without the code that checks', (parts) => parts.filter(([part]) => part !== 'viewer')],
])('a list of parts %s is no list that was written', (_, relist) => {
  expect(changedTitles(relisted(html, relist))).toContain('list of parts')
})

test('a list in another order names the series that was changed by its own name', () => {
  const swapped = relisted(html, (parts) => [parts[0]!, parts[2]!, parts[1]!, ...parts.slice(3)])
  const changed = swapped.replace('[10000,1000]', '[10000,1001]')
  expect(changed).not.toBe(swapped)
  expect(changedTitles(changed)).toEqual(['list of parts', 'series WebSocket connections'])
  expect(read(swapped).incident).toEqual(incident)
})

test.each([
  ['series-2', /"metric":"[^"]*"/, '"metric":"connections.open"', 'two series are of one metric'],
  [
    'limits',
    /"metric":"callSessions.concurrent"/,
    '"metric":"connections.open"',
    'two lists of limits',
  ],
  ['head', /"id":"connections.attempts"/, '"id":"connections.open"', 'it describes a metric twice'],
  ['head', /"to":\d+/, '"to":1000', 'to is not after its beginning'],
])(
  '%s: what is drawn and what is judged could differ, and it is refused (%s)',
  (part, found, put, told) => {
    const text = changedPart(part, (before) => before.replace(found, put))
    expect(() => read(text)).toThrow(ImportError)
    expect(() => read(text)).toThrow(told)
  },
)

test('the report as it was written is no part: what it was made to say is not read, and what is said comes from the data', () => {
  const lied = html.replace('Capacity-bound', 'Not capacity-bound')
  expect(lied).not.toBe(html)
  expect(wordsOf(lied).state).toBe('intact')
  expect(checkBundle(read(lied)).recomputed.verdict.word).toBe('capacity-bound')
})
