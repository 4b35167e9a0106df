import { expect, test } from 'vitest'
import { JTL_HEADER, JTL_START_MS, jtlLine, jtlText } from '#testing/jtlText.ts'
import { readFile } from '../readFile.ts'

const read = (text: BlobPart, name = 'run.jtl') => readFile(new Blob([text]), { name })

test.each([
  ['comma', ','],
  ['tab', '\t'],
  ['semicolon', ';'],
  ['bar', '|'],
])('a file with %s between its fields is read', async (_, delimiter) => {
  const { summary } = await read(
    jtlText(jtlLine(0, 200, 3), jtlLine(1, 503, 4)).replaceAll(',', delimiter),
  )
  expect(summary).toMatchObject({ samples: 2, rejected: 0, codes: { 200: 1, 503: 1 }, labels: 1 })
})

test('byte order mark, CRLF, upper case and another order of the columns do not matter', async () => {
  const text = [
    '\uFEFFSUCCESS,allthreads,responseCode,Elapsed,label,timestamp',
    `false,7,503,100,GET /work,${JTL_START_MS}`,
    '',
  ].join('\r\n')
  const { summary, observation } = await read(text)
  expect(summary).toMatchObject({ samples: 1, rejected: 0, peakThreads: 7 })
  expect(observation.errors[0]).toMatchObject({
    at: JTL_START_MS + 100,
    route: 'GET /work',
    app: null,
  })
})

test('UTF-16 is read where a byte order mark says so', async () => {
  const text = `\uFEFF${jtlText(jtlLine(0, 200, 3, { label: 'Müllers Büro' }))}`
  const units = Uint16Array.from(text, (letter) => letter.charCodeAt(0))
  expect((await read(units)).summary).toMatchObject({ samples: 1, peakThreads: 3 })
})

test.each([12, 16, 17])('a file without a header line is read by its %d columns', async (width) => {
  const message = width === 12 ? [] : ['']
  const tail = { 12: ['375', '5', '9', '254'], 16: ['1', '2', '5', '9', '1', '0', '1'] }
  const rest = width === 12 ? tail[12] : tail[16].toSpliced(4, 0, ...(width === 17 ? ['u'] : []))
  const fields = [
    JTL_START_MS,
    254,
    'GET /work',
    503,
    'x',
    'tg 1-3',
    'text',
    false,
    ...message,
    ...rest,
  ]
  expect(fields).toHaveLength(width)
  const text = `${fields.join(',')}\n${fields.join(',')}\n`
  const { summary, warnings } = await read(text)
  expect(summary).toMatchObject({ samples: 2, rejected: 0, codes: { 503: 2 }, peakThreads: 9 })
  expect(warnings).toEqual([`no header line: read as JMeter's ${width} default columns`])
})

test('without a header the commonest number of fields is the right one', async () => {
  const good = `${JTL_START_MS},254,GET,503,x,tg 1-3,text,false,375,5,9,254`
  const { summary, rejected } = await read([`${JTL_START_MS},254,GE`, good, good, ''].join('\n'))
  expect(summary).toMatchObject({ samples: 2, rejected: 1 })
  expect(rejected).toEqual([{ line: 1, reason: '3 fields where 12 were expected' }])
})

test('clock times without a zone are read as UTC and said so', async () => {
  const text = `${JTL_HEADER}\n2026/09/17 13:00:00.500,100,a,200,,t 1-1,true,1\n`
  const { summary, warnings } = await read(text)
  expect(summary.firstAt).toBe(JTL_START_MS + 500)
  expect(warnings).toEqual(['times name no zone and were read as UTC'])
})

test('a column that occurs twice is read once and said so', async () => {
  const text = `timeStamp,elapsed,label,label,success\n${JTL_START_MS},1,first,second,false\n`
  const { observation, warnings } = await read(text)
  expect(observation.errors[0]!.route).toBe('first')
  expect(warnings).toEqual(['line 1: column "label" occurs twice; the first is read'])
})

test('a file with a header and nothing else holds no samples', async () => {
  const { summary, observation, warnings } = await read(`${JTL_HEADER}\n`)
  expect(summary).toMatchObject({ samples: 0, firstAt: null, peakThreads: null })
  expect(observation.metrics).toEqual([])
  expect(observation.markers).toEqual([])
  expect(warnings).toEqual(['the file holds a header line and no samples'])
})

test('a file that lacks columns says null, not zero', async () => {
  const { summary } = await read(`timeStamp,elapsed,allThreads\n${JTL_START_MS},100,3\n`)
  expect(summary).toMatchObject({ codes: null, classes: null, labels: null, peakThreads: 3 })
})
