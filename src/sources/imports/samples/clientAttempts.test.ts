import fc from 'fast-check'
import { expect, test } from 'vitest'
import { attemptColumns, attemptsOf } from '#domain/evidence/demand/attempts.ts'
import { jtlLine, jtlText } from '#testing/jtlText.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import type { FileAttempt } from '../fileImport.ts'
import { readFile } from '../readFile.ts'
import { createClientAttempts } from './clientAttempts.ts'

type Row = { client: number; startMs: number; endMs: number; failed: boolean }

const AT = Date.UTC(2026, 8, 17, 11)

function eventsOf(rows: readonly Row[]) {
  const attempts = createClientAttempts()
  for (const { client, startMs, endMs, failed } of rows)
    attempts.add(startMs, endMs, client, failed)
  return attempts.events()
}

const asRows = (rows: readonly Row[]) =>
  rows.map(({ client, ...row }) => ({ ...row, client: String(client), releasedMs: row.endMs }))

test('an attempt is opened and given back with its answer, or refused', () => {
  expect(
    eventsOf([
      { client: 16, startMs: AT, endMs: AT + 40, failed: false },
      { client: 3, startMs: AT + 10, endMs: AT + 15, failed: true },
      { client: 16, startMs: AT + 40, endMs: AT + 40, failed: false },
    ]),
  ).toEqual([
    { at: AT, kind: 'opened', client: 'c17', tookMs: 40 },
    { at: AT + 10, kind: 'refused', client: 'c4', tookMs: 5 },
    { at: AT + 40, kind: 'closed', client: 'c17', tookMs: 0 },
    { at: AT + 40, kind: 'opened', client: 'c17', tookMs: 0 },
    { at: AT + 40 + 1 / 1_024, kind: 'closed', client: 'c17', tookMs: 0 },
  ])
})

/** Attempts of clients that each do one thing at a time, as rows are written: by their ends. */
const threads = fc
  .array(
    fc.array(
      fc.record({
        pauseMs: fc.nat(30),
        tookMs: fc.integer({ min: 1, max: 50 }),
        failed: fc.boolean(),
      }),
      { maxLength: 20 },
    ),
    { maxLength: 5 },
  )
  .map((clients) =>
    clients
      .flatMap((attempts, client) => {
        let at = AT
        return attempts.map(({ pauseMs, tookMs, failed }) => {
          const startMs = at + pauseMs
          at = startMs + tookMs
          return { client, startMs, endMs: at, failed }
        })
      })
      .sort((a, b) => a.endMs - b.endMs),
  )

test('the events of threads give back the same attempts as the rows', () => {
  fc.assert(
    fc.property(threads, (rows) => {
      expect(attemptsOf(eventsOf(rows))).toEqual(attemptColumns(asRows(rows)))
    }),
  )
})

const anyRows = fc.array(
  fc.record({
    client: fc.nat(2),
    startMs: fc.nat(20).map((ms) => AT + ms),
    tookMs: fc.nat(20),
    failed: fc.boolean(),
  }),
  { maxLength: 40 },
)

test('whatever a client does at one instant, no attempt is lost and none moves by a millisecond', () => {
  fc.assert(
    fc.property(anyRows, (given) => {
      const rows = given.map(({ tookMs, ...row }) => ({ ...row, endMs: row.startMs + tookMs }))
      const events = eventsOf(rows)
      expect(events).toEqual(events.toSorted((a, b) => a.at - b.at))
      const found = attemptsOf(events)
      const wanted = attemptColumns(asRows(rows))
      expect(found.startMs.length).toBe(rows.length)
      expect(found.failed.reduce((a, b) => a + b, 0)).toBe(rows.filter((r) => r.failed).length)
      const near = (a: Float64Array, b: Float64Array) => {
        const [one, other] = [a, b].map((column) => column.filter(Number.isFinite).sort())
        expect(one!.length).toBe(other!.length)
        one!.forEach((at, i) => expect(Math.abs(at - other![i]!)).toBeLessThan(1))
      }
      near(found.startMs, wanted.startMs)
      near(found.endMs, wanted.endMs)
      near(found.releasedMs, wanted.releasedMs)
    }),
  )
})

test('a JTL tells its threads where they are wanted, by number only, and not else', async () => {
  const text = jtlText(
    jtlLine(0, 200, 3, { thread: 'Agents 1-1' }),
    jtlLine(0, 503, 3, { thread: 'Agents 1-2' }),
    jtlLine(1, 503, 3, { thread: 'Agents 1-2' }),
    jtlLine(2, 200, 3, { thread: '' }),
  )
  const attempts: FileAttempt[] = []
  const onAttempt = (attempt: FileAttempt) => attempts.push(attempt)
  const { observation } = await readFile(new Blob([text]), {
    name: 'f',
    wantsClients: true,
    onAttempt,
  })
  expect(observation.clients.map(({ client, kind }) => `${client} ${kind}`)).toEqual([
    'c1 opened',
    'c2 refused',
    'c1 closed',
    'c2 refused',
  ])
  const rows = attempts.flatMap(({ thread, errorClass, startMs, endMs }) =>
    thread === null
      ? []
      : [{ client: thread, startMs, endMs, failed: errorClass !== null, releasedMs: endMs }],
  )
  expect(attemptsOf(observation.clients)).toEqual(attemptColumns(rows))
  const plain = await readFile(new Blob([text]), { name: 'f' })
  expect(plain.observation.clients).toEqual([])
})

test('of more than 100 000 attempts none is kept, which is said', async () => {
  const rows = Array.from({ length: 100_001 }, (_, i) => jtlLine(i / 1_000, 200, 3))
  const read = (count: number) =>
    readFile(new Blob([jtlText(...rows.slice(0, count))]), { name: 'f', wantsClients: true })
  const all = await read(100_000)
  expect(all.observation.clients).toHaveLength(200_000)
  expect(all.warnings).toEqual([])
  const many = await read(100_001)
  expect(many.observation.clients).toEqual([])
  expect(many.warnings.map(plainSpaces)).toEqual([
    'attempts of single clients are too many to be kept (100 001); retries are not looked at',
  ])
})
