import { expect, test } from 'vitest'
import { readSeriesCsv } from './readSeriesCsv.ts'

const read = (text: string) => readSeriesCsv(new Blob([text]), { name: 'open.csv' })

test('a time and a value make a series, in the order of time', async () => {
  const { series, limits, title } = await read(
    'when,open sockets\n2026-09-17T11:00:02Z,7\n2026-09-17T11:00:00Z,5\n',
  )
  expect([...series.timeMs]).toEqual([1789642800000, 1789642802000])
  expect([...series.value]).toEqual([5, 7])
  expect(limits).toBeNull()
  expect(title).toBe('open sockets')
})

test('epoch seconds and milliseconds are told apart, and a header is not needed', async () => {
  const seconds = await read('1789642800,5\n1789642801.5,6\n')
  expect([...seconds.series.timeMs]).toEqual([1789642800000, 1789642801500])
  expect((await read('1789642800000;5\n')).series.timeMs[0]).toBe(1789642800000)
})

test('a third column is the limit, a step wherever it changes', async () => {
  const { limits } = await read(
    't,v,limit\n1789642800,5,100\n1789642801,6,100\n1789642802,7,150\n1789642803,7,\n',
  )
  expect(limits?.map(({ from, value }) => [from, value])).toEqual([
    [1789642800000, 100],
    [1789642802000, 150],
    [1789642803000, null],
  ])
})

test('an empty value is a gap', async () => {
  expect([...(await read('1789642800,5\n1789642801,\n')).series.value]).toEqual([5, NaN])
})

test('a row that cannot be read is left out and told with its line', async () => {
  const { rows, rejected, rejections } = await read(
    't,v\n1789642800,5\nyesterday,6\n1789642802,many\n1789642803\n',
  )
  expect([rows, rejected]).toEqual([1, 3])
  expect(rejections).toEqual([
    { line: 3, reason: 'the time is neither ISO nor epoch seconds or milliseconds' },
    { line: 4, reason: 'the value is no number' },
    { line: 5, reason: '1 fields where 2 were expected' },
  ])
})

test('what is no such table is refused with what was expected', async () => {
  await expect(read('a\nb\n')).rejects.toThrow('open.csv, line 1: expected two or three columns')
  await expect(read('a,b,c,d\n')).rejects.toThrow('found 4')
  await expect(read('t,v\n')).rejects.toThrow('it holds a header and no rows')
  await expect(read('t,v\nx,1\n')).rejects.toThrow('line 2: the time is neither')
})

test('clock times without a zone are read as UTC, which is said', async () => {
  const { series, warnings } = await read('timestamp,value\n2014-04-10 00:04:00,94.0\n')
  expect(series.timeMs[0]).toBe(Date.UTC(2014, 3, 10, 0, 4))
  expect(warnings).toEqual(['times name no zone and were read as UTC'])
})
