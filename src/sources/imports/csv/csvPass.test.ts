import { expect, test } from 'vitest'
import { readFile } from '../readFile.ts'
import { tableLayout } from './tableChoice.ts'

const TABLE =
  'at;region;open;maxConnections;note\n1789642800;eu;5;10;=1+1\n1789642801;eu;7;10;<b>x</b>\n1789642802;eu;;12;\n'
const read = (text: string, columns?: Parameters<typeof readFile>[1]['columns']) =>
  readFile(new Blob([text]), { name: 'table.csv', columns })

test('times, numbers and a limit are found by what the columns hold and are called', () => {
  expect(tableLayout(TABLE)).toMatchObject({
    delimiter: ';',
    width: 5,
    header: ['at', 'region', 'open', 'maxConnections', 'note'],
    times: [0],
    numbers: [2, 3],
    choice: { time: 0, values: [2, 3], limit: null },
  })
  expect(tableLayout(TABLE.replace('maxConnections', 'connectionLimit'))?.choice).toEqual({
    time: 0,
    values: [2],
    limit: 3,
  })
})

test('each column of numbers is a series of its own, and the limit is that of all', async () => {
  const { observation, warnings } = await read(TABLE.replace('maxConnections', 'limit'))
  expect(observation.metrics.map(({ title }) => title)).toEqual(['open'])
  expect([...observation.samples[0]!.series.value]).toEqual([5, 7, NaN])
  expect(observation.limits.map(({ step }) => [step.from, step.value])).toEqual([
    [1_789_642_800_000, 10],
    [1_789_642_802_000, 12],
  ])
  expect(warnings[0]).toBe('read as time from "at", values from "open", the limit from "limit"')
})

test('somebody may choose other columns', async () => {
  const { observation } = await read(TABLE, { time: 0, values: [3], limit: null })
  expect(observation.metrics.map(({ title }) => title)).toEqual(['maxConnections'])
})

test('a table without a header, and one without times or numbers', async () => {
  const { observation } = await read('1789642800,5\n1789642801,6\n')
  expect(observation.metrics[0]!.title).toBe('Column 2')
  await expect(read('a,b\nx,1\n')).rejects.toThrow(
    'table.csv, line 1: expected a table with a column of times',
  )
  await expect(read('when,who\n1789642800,me\n')).rejects.toThrow(
    'expected a column of numbers beside the times',
  )
})

test('rows in any order, twice, and in 1973 and 2100 are read', async () => {
  const { observation } = await read('t,v\n4102444800,3\n1789642801,1\n1789642801,2\n100000000,4\n')
  const { timeMs, value } = observation.samples[0]!.series
  expect([...timeMs]).toEqual([100_000_000_000, 1_789_642_801_000, 4_102_444_800_000])
  expect([...value]).toEqual([4, 2, 3])
})

test('many columns of numbers behind a time are no JTL without its header', async () => {
  const { format, observation } = await read('when,a,b,c,d\n1789642800000,1,2,3,4\n')
  expect(format).toBe('csv')
  expect(observation.samples).toHaveLength(4)
  expect((await read('1789642800000,1,2,3,4\n1789642801000,1,2,3,4\n')).format).toBe('csv')
})
