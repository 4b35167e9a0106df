import { expect, test } from 'vitest'
import { readFile } from '../readFile.ts'
import { gatlingRecord } from './gatlingRecord.ts'

const AT = 1_789_642_800_000
const read = (...lines: string[]) =>
  readFile(new Blob([['RUN\tTest\t\tid\t1789642800000\t \t3.5.1', ...lines].join('\n')]), {
    name: 'simulation.log',
  })

test.each([
  ['3.4 to 3.11', `REQUEST\t\topen\t${AT}\t${AT + 40}\tOK\t `, null],
  ['3.0 to 3.3', `REQUEST\t12\t\topen\t${AT}\t${AT + 40}\tOK\t `, '12'],
  ['2.2 and 2.3', `REQUEST\tAll\t12\t\topen\t${AT}\t${AT + 40}\tOK\t `, 'All 12'],
  [
    '2.0 and 2.1',
    `REQUEST\tAll\t12\t\topen\t${AT}\t${AT + 1}\t${AT + 39}\t${AT + 40}\tOK\t `,
    'All 12',
  ],
])('a request of Gatling %s', (_, line, user) => {
  expect(gatlingRecord(line)).toEqual({
    kind: 'request',
    user,
    name: 'open',
    startMs: AT,
    endMs: AT + 40,
    isOk: true,
    message: '',
    code: 'OK',
  })
})

test('a status is read from the message of a KO', async () => {
  const { summary } = await read(
    `REQUEST\t\ta\t${AT}\t${AT + 1}\tKO\tstatus.find.in(200,201), but actually found 503`,
    `REQUEST\t\ta\t${AT}\t${AT + 1}\tKO\tstatus.find.is(200), found 429`,
    `REQUEST\t\ta\t${AT}\t${AT + 1}\tKO\ti.n.c.ConnectTimeoutException: connection timed out`,
    `REQUEST\t\ta\t${AT}\t${AT + 1}\tKO\tjsonPath($.id).find.exists, found nothing`,
  )
  expect(summary.codes).toEqual({ 503: 1, 429: 1, KO: 2 })
  expect(summary.classes).toEqual({ capacity: 1, rate: 1, network: 1, other: 1 })
})

test('users are open from their start to their end, whatever the order of lines', async () => {
  const { summary, observation, warnings } = await read(
    `USER\tAll\t1\tSTART\t${AT}\t${AT}`,
    `USER\tAll\t1\tEND\t${AT}\t${AT + 4_000}`,
    `USER\tAll\t2\tSTART\t${AT + 1_000}\t${AT + 1_000}`,
    `REQUEST\t\ta\t${AT}\t${AT + 6_000}\tOK\t `,
  )
  expect(summary.peakThreads).toBe(2)
  expect(warnings).toContain('1 of 2 users never end in this log')
  expect(observation.samples[0]!.series.value.at(-1)).toBe(1)
})

test('a line that cannot be read is left out with its number', async () => {
  const { summary, rejected } = await read(
    'REQUEST\t\ta\tsoon\tlater\tOK',
    `REQUEST\t\ta\t${AT}\t${AT}\tOK\t`,
    'nonsense',
  )
  expect(summary).toMatchObject({ samples: 1, rejected: 2 })
  expect(rejected.map(({ line }) => line)).toEqual([2, 4])
})

test('a binary log is refused by name, with what to do instead', async () => {
  const version = new TextEncoder().encode('3.13.1')
  const bytes = new Uint8Array([0, 0, 0, 0, version.length, ...version, 0, 0, 1, 2])
  await expect(readFile(new Blob([bytes]), { name: 'simulation.log' })).rejects.toThrow(
    'simulation.log is a binary Gatling log (Gatling 3.12 and later): run the test with Gatling up to 3.11',
  )
})
