import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readFile } from '../readFile.ts'

const AT = 1_789_642_800_000
/** Cells that look alike in their bytes and are not: quotes, delimiters in quotes, nothing. */
const cell = fc.constantFrom('a', '"a"', '"a,b"', '"a""b"', '""', '', 'a b', '"a\nb"')
const row = fc.record({
  label: cell,
  responseCode: fc.constantFrom('200', '503', '"503"', ''),
  responseMessage: cell,
  threadName: fc.constantFrom('t 1-1', 't 1-2', '"t, 1-1"'),
  success: fc.constantFrom('true', 'false', ''),
  failureMessage: cell,
})
type Row = {
  [Column in
    | 'label'
    | 'responseCode'
    | 'responseMessage'
    | 'threadName'
    | 'success'
    | 'failureMessage']: string
}

const SIDE_BY_SIDE = [
  'timeStamp',
  'label',
  'responseCode',
  'responseMessage',
  'threadName',
  'success',
  'failureMessage',
  'elapsed',
] as const
/** The same with the elapsed time between the texts: no row is known again. */
const APART = [
  'timeStamp',
  'label',
  'elapsed',
  'responseCode',
  'elapsed2',
  'elapsed3',
  'responseMessage',
  'threadName',
  'success',
  'failureMessage',
] as const

const tableOf = (columns: readonly string[], rows: readonly Row[]) =>
  [
    columns.join(','),
    ...rows.map((one, i) =>
      columns
        .map((column) =>
          column === 'timeStamp'
            ? String(AT + i)
            : column.startsWith('elapsed')
              ? String(i % 7)
              : one[column as keyof Row],
        )
        .join(','),
    ),
  ].join('\n')

test('rows that are known again are read as if they were not', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 40 }), async (rows) => {
      const read = async (columns: readonly string[]) => {
        const {
          warnings: _,
          rejected: __,
          ...rest
        } = await readFile(new Blob([tableOf(columns, rows)]), { name: 'run.jtl' })
        return rest
      }
      expect(await read(SIDE_BY_SIDE)).toEqual(await read(APART))
    }),
  )
})

test('a file in which no row repeats is read whole', async () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => ({
    label: `call ${i}`,
    responseCode: '503',
    responseMessage: '',
    threadName: `t 1-${i}`,
    success: 'false',
    failureMessage: '',
  }))
  const { summary } = await readFile(new Blob([tableOf(SIDE_BY_SIDE, rows)]), { name: 'run.jtl' })
  expect(summary).toMatchObject({ samples: 20_000, labels: 20_000, classes: { capacity: 20_000 } })
})
