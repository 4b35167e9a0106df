import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyIncident } from '#testing/anyIncident.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { someIncident } from '#testing/someIncident.ts'
import { fisherExact } from '../stats/fisher.ts'
import type { AttemptGroup } from './attemptGroup.ts'
import { differingWords } from './differingWords.ts'
import type { IncidentSource } from './incident.ts'
import { whatDiffers } from './whatDiffers.ts'

const group = (name: string, attempts: number, refused: number): AttemptGroup => ({
  dimension: 'label',
  name,
  attempts,
  refused,
  failed: refused,
})
const jtl = someIncident().sources.find(({ id }) => id === 'run-07')!
const withGroups = (...groups: readonly AttemptGroup[]) => {
  const source: IncidentSource = { ...jtl, groups }
  return someIncident({ sources: [source], errors: [] })
}

test('the label that most refusals are of comes first, the rest by its difference', () => {
  const rows = whatDiffers(someIncident())
  expect(rows.filter(({ isOver }) => isOver).map(({ name }) => name)).toEqual(['Softphone login'])
  expect(rows.map(({ name }) => name)).toEqual([
    'Softphone login',
    'Open channel',
    'streaming.mypurecloud.de',
    'Agents',
    'Supervisors',
    'api.mypurecloud.de',
    'Ping',
    'softphone',
    'wallboard',
  ])
  expect(rows[0]).toMatchObject({
    refused: 149,
    ofRefused: 246,
    attempts: 1_178,
    ofAttempts: 8_416,
  })
})

test('each row is one sentence with its numbers', () => {
  const sentences = whatDiffers(someIncident()).map((row) => plainSpaces(differingWords(row)))
  expect(sentences[0]).toBe(
    'Softphone login: 61 % of 246 refusals, 14 % of 8 416 attempts (+9.5 to +13.3 points, p < 0.001).',
  )
  expect(sentences.find((one) => one.startsWith('Agents'))).toMatch(
    /^Agents: 53 % of 246 refusals, 51 % of 8 416 attempts \(−0\.5 to \+1\.0 points, p = 1\), no difference shown\.$/,
  )
  expect(sentences.find((one) => one.startsWith('Ping'))).toMatch(
    /points, p = 1\), no more than others\.$/,
  )
  expect(sentences.find((one) => one.startsWith('softphone'))).toMatch(
    /^softphone: \d+ % of 307 refusals; attempts not counted, no difference shown\.$/,
  )
})

test('what a source without attempts counts stands last, by its count', () => {
  const rows = whatDiffers(someIncident())
  const untested = rows.filter(({ p }) => p === null)
  expect(rows.slice(-untested.length)).toEqual(untested)
  expect(untested.map(({ name, source, ofRefused }) => [name, source, ofRefused])).toEqual([
    ['softphone', 'Organisation history', 307],
    ['wallboard', 'Organisation history', 307],
  ])
  expect(untested.reduce((sum, { refused }) => sum + refused, 0)).toBe(307)
})

test('p is that of one table, times the number of tables', () => {
  const [first] = whatDiffers(
    withGroups(group('a', 100, 20), group('b', 100, 5), group('c', 100, 5)),
  )
  const { greater } = fisherExact([
    [20, 80],
    [10, 190],
  ])
  expect(first).toMatchObject({ name: 'a', isOver: true })
  expect(first!.p).toBeCloseTo(3 * greater, 12)
})

test('many groups make a small excess one of chance', () => {
  const pair = [group('a', 100, 12), group('b', 100, 2)]
  expect(whatDiffers(withGroups(...pair))[0]).toMatchObject({ name: 'a', isOver: true })
  const many = Array.from({ length: 20 }, (_, i) => group(`calm ${i}`, 100, 6))
  expect(whatDiffers(withGroups(...pair, ...many)).some(({ isOver }) => isOver)).toBe(false)
})

test('one group alone, and groups without a refusal, are not compared', () => {
  expect(whatDiffers(withGroups(group('a', 100, 20)))).toEqual([])
  expect(whatDiffers(withGroups(group('a', 100, 0), group('b', 5, 0)))).toEqual([])
})

test('a long list is cut at fifty, after what is over-represented', () => {
  const many = Array.from({ length: 80 }, (_, i) => group(`label ${i}`, 1_000, i === 71 ? 300 : 5))
  const rows = whatDiffers(withGroups(...many))
  expect(rows).toHaveLength(50)
  expect(rows[0]).toMatchObject({ name: 'label 71', isOver: true })
})

test('text of a file stays as it is, and a name of nothing is said', () => {
  const rows = whatDiffers(withGroups(group('<b>', 10, 9), group('', 1_000, 1)))
  expect(differingWords(rows[0]!)).toMatch(/^<b>: /)
  expect(differingWords(rows[1]!)).toMatch(/^no label: /)
})

test('of any incident counts are parts of their sums, and what is over comes first', () => {
  fc.assert(
    fc.property(anyIncident, (incident) => {
      const rows = whatDiffers(incident)
      const firstOther = rows.findIndex(({ isOver }) => !isOver)
      expect(
        rows.slice(firstOther < 0 ? rows.length : firstOther).some(({ isOver }) => isOver),
      ).toBe(false)
      for (const row of rows) {
        expect(row.refused).toBeGreaterThan(0)
        expect(row.refused).toBeLessThanOrEqual(row.ofRefused)
        if (row.attempts !== null) {
          expect(row.refused).toBeLessThanOrEqual(row.attempts)
          const raw = fisherExact([
            [row.refused, row.attempts - row.refused],
            [
              row.ofRefused - row.refused,
              row.ofAttempts! - row.attempts - (row.ofRefused - row.refused),
            ],
          ]).greater
          expect(row.p).toBeGreaterThanOrEqual(raw)
        }
        if (row.isOver) expect(row.difference!.low).toBeGreaterThan(0)
        expect(differingWords(row)).not.toMatch(/NaN|undefined|Infinity/)
      }
    }),
  )
})
