import { expect, test } from 'vitest'
import { JTL_HEADER, JTL_START_MS, jtlLine, jtlText } from '#testing/jtlText.ts'
import { ImportError } from '../importError.ts'
import { readFile } from '../readFile.ts'

const read = (text: BlobPart, name = 'run.jtl') => readFile(new Blob([text]), { name })
const refusal = (text: BlobPart) =>
  read(text).then(
    () => {
      throw new Error('the file was read')
    },
    (error: unknown) => {
      if (!(error instanceof ImportError)) throw error
      return { kind: error.kind, message: error.message }
    },
  )

test('a truncated last line is left out with its line and the rest is used', async () => {
  const { summary, rejected } = await read(
    jtlText(jtlLine(0, 200, 1), jtlLine(1, 503, 2)).slice(0, -30),
  )
  expect(summary).toMatchObject({ samples: 1, rejected: 1 })
  expect(rejected).toEqual([{ line: 3, reason: '3 fields where 8 were expected' }])
})

test('a last line cut off inside a quote is left out and the rest is used', async () => {
  const { summary, rejected } = await read(
    `${jtlText(jtlLine(0, 200, 1))}${JTL_START_MS},1,"GET /wo`,
  )
  expect(summary).toMatchObject({ samples: 1, rejected: 1 })
  expect(rejected).toEqual([{ line: 3, reason: 'a quote opened here is never closed' }])
})

test('each broken record is left out with its own reason', async () => {
  const text = jtlText(
    jtlLine(0, 200, 1),
    `soon,1,a,200,,t 1-1,true,1`,
    `,1,a,200,,t 1-1,true,1`,
    `${JTL_START_MS},fast,a,200,,t 1-1,true,1`,
    JTL_HEADER,
    jtlLine(1, 200, 1),
  )
  const { summary, rejected } = await read(text)
  expect(summary).toMatchObject({ samples: 2, rejected: 4 })
  expect(rejected).toEqual([
    { line: 3, reason: 'the time cannot be read' },
    { line: 4, reason: 'the time is empty' },
    { line: 5, reason: 'elapsed is not a number of milliseconds' },
    { line: 6, reason: 'the header line once more' },
  ])
})

test('only the first 20 rejections are listed, all are counted', async () => {
  const { summary, rejected } = await read(jtlText(jtlLine(0, 200, 1), ...Array(50).fill('x,y')))
  expect(summary.rejected).toBe(50)
  expect(rejected).toHaveLength(20)
})

test.each([
  ['an empty file', '', 'empty', 'run.jtl is empty'],
  ['a file of blank lines', '\n\n  \n', 'empty', 'run.jtl is empty'],
  ['a zip archive', 'PK\u0003\u0004rest', 'binary', 'run.jtl is a zip archive: unpack it first'],
  ['a binary file', 'abc\0def', 'binary', 'run.jtl is no text file: byte 4 is zero'],
  [
    'a JTL without times',
    'elapsed,label,responseCode\n1,a,200\n',
    'noUsableColumn',
    'run.jtl, line 1: no column "timeStamp", so nothing can be placed on the time axis; the columns are "elapsed, label, responseCode"',
  ],
  [
    'a JTL without anything to count',
    `timeStamp,elapsed,label\n${JTL_START_MS},1,a\n`,
    'noUsableColumn',
    'run.jtl, line 1: none of "responseCode", "success" and "allThreads" is there; the columns are "timeStamp, elapsed, label"',
  ],
  [
    'another delimiter',
    'timeStamp:elapsed:label:responseCode\n',
    'noUsableColumn',
    `run.jtl, line 1: expected JMeter's column names (timeStamp, elapsed, label, responseCode …) separated by comma, tab, semicolon or "|"; found "timeStamp:elapsed:label:responseCode"`,
  ],
  [
    'records of no known layout without a header',
    `${JTL_START_MS},1,a,200,OK\n`,
    'noUsableColumn',
    'run.jtl, line 1: no header line, and none of the layouts JMeter writes without one (12, 16 or 17 columns); save it with jmeter.save.saveservice.print_field_names=true',
  ],
  [
    'a JTL with times nobody can read',
    `${JTL_HEADER}\nsoon,1,a,200,,t,true,1\nlater,1,a,200,,t,true,1\n`,
    'noUsableColumn',
    'run.jtl: none of its 2 records can be used; line 2: the time cannot be read',
  ],
  [
    'another table',
    'time,value\n1,2\n',
    'noUsableColumn',
    'run.jtl, line 1: expected a table with a column of times (ISO, or epoch seconds or milliseconds)',
  ],
  [
    'a test plan',
    '<?xml version="1.0"?>\n<jmeterTestPlan version="1.2">',
    'otherFormat',
    'run.jtl is a JMeter test plan: choose the results file (.jtl) that the plan wrote',
  ],
])('%s is refused with file, line and reason', async (_, text, kind, message) => {
  expect(await refusal(text)).toEqual({ kind, message })
})

test('a file that cannot be read to its end is refused as unreadable', async () => {
  let asked = 0
  const broken = {
    size: 1_000_000,
    stream: () =>
      new ReadableStream<Uint8Array>({
        pull(controller) {
          asked += 1
          if (asked > 1) controller.error(new Error('the disk is gone'))
          else controller.enqueue(new TextEncoder().encode(jtlText(jtlLine(0, 200, 1))))
        },
      }),
  }
  await expect(readFile(broken, { name: 'run.jtl' })).rejects.toMatchObject({
    kind: 'unreadable',
    message: 'run.jtl could not be read: the disk is gone',
  })
})
