import { expect, test } from 'vitest'
import { readFile } from '../readFile.ts'

const AT = Date.UTC(2026, 8, 17, 11)
const read = (body: BlobPart, head = '<?xml version="1.0" encoding="UTF-8"?>\n') =>
  readFile(new Blob([head, '<testResults version="1.2">\n', body]), { name: 'run.xml' })

const sample = (attributes: string, inner = '', name = 'httpSample') =>
  `<${name} t="40" ts="${AT}" lb="open" tn="Agents 1-1" ${attributes}>${inner}</${name}>\n`
const END = '</testResults>\n'
const TRANSACTION = 'rm="Number of samples in transaction : 2, number of failing samples : 1"'

test('what is inside a sample is counted apart; a transaction repeats what is in it, any other sample stands for it', async () => {
  const { summary, observation } = await read(
    sample(
      's="true" rc="200" na="7"',
      sample('s="true" rc="302" na="9"') + sample('s="false" rc="404" na="9"'),
    ) +
      sample(
        `s="false" rc="" ${TRANSACTION}`,
        sample('s="true" rc="200"') + sample('s="false" rc="503"'),
        'sample',
      ) +
      END,
  )
  expect(summary).toMatchObject({
    samples: 2,
    subSamples: 4,
    codes: { 200: 1, '': 1 },
    peakThreads: 7,
  })
  // The 404 inside a sample that worked repeats nothing, nor do the two of the transaction.
  const attempts = observation.samples.find(({ metric }) => metric.startsWith('jtl.attempts'))
  expect(attempts!.series.value.reduce((sum, count) => sum + count, 0)).toBe(4)
  expect(observation.errors.map(({ status }) => status)).toEqual([404, 503])
})

test('elements of a plug-in and messages of assertions are read', async () => {
  const message =
    '<assertionResult><name>a</name><failureMessage>expected &lt;200&gt;</failureMessage></assertionResult><responseData>x</responseData>'
  const { observation } = await read(sample('s="false" rc="200"', message, 'webSocketSample') + END)
  expect(observation.errors[0]).toMatchObject({
    class: 'other',
    status: 200,
    message: 'expected <200>',
  })
})

test('a document that is cut off is read up to there, and the rest told with its line', async () => {
  const inside = await read(sample('s="true" rc="200"') + sample('s="true" rc="200"').slice(0, -5))
  expect(inside.summary).toMatchObject({ samples: 1, rejected: 1 })
  expect(inside.rejected).toEqual([{ line: 4, reason: 'the document ends inside a sample' }])
  const between = await read(sample('s="true" rc="200"'))
  expect(between.rejected).toEqual([{ line: 4, reason: 'the document ends before </testResults>' }])
})

test('a sample without a readable time is left out with its line', async () => {
  const { summary, rejected } = await read(
    sample('s="true"') + '<sample t="1" ts="soon" lb="x"/>\n<sample t="x" ts="1" lb="x"/>\n' + END,
  )
  expect(summary).toMatchObject({ samples: 1, rejected: 2 })
  expect(rejected[0]).toEqual({ line: 4, reason: 'the time (ts) cannot be read' })
})

test('entities of a document are not expanded', async () => {
  const bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>\n'
  const { summary, warnings } = await readFile(
    new Blob([`<?xml version="1.0"?>\n${bomb}<testResults>\n`, sample('s="true" rc="&b;"'), END]),
    { name: 'bomb.xml' },
  )
  expect(summary.codes).toEqual({ '&b;': 1 })
  expect(warnings).toEqual([
    '1 places are not well-formed XML and were passed over; the first is line 4: undefined entity.',
  ])
})

test('a document in another encoding is read by its declaration', async () => {
  const text = `<?xml version="1.0" encoding="ISO-8859-1"?>\n<testResults>\n${sample('s="false" rc="503" rm="K\u00f6ln"')}${END}`
  const latin = Uint8Array.from(text, (char) => char.charCodeAt(0))
  const { observation } = await readFile(new Blob([latin]), { name: 'latin.xml' })
  expect(observation.errors[0]!.message).toBe('K\u00f6ln')
})

test('ten thousand levels of samples are read', async () => {
  const deep = 10_000
  const open = `<sample t="1" ts="${AT}" s="true" rc="200" lb="a">`
  const { summary } = await read(open.repeat(deep) + '</sample>'.repeat(deep) + END)
  expect(summary).toMatchObject({ samples: 1, subSamples: deep - 1, rejected: 0 })
})
