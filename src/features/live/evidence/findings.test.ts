import { expect, test } from 'vitest'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { someEvidence } from '#testing/someEvidence.ts'
import { findingsOf } from './findings.ts'
import { floorLine } from './floorLine.ts'

const report = someEvidence()

test('leak, storm and a changed limit are found, each in a few words', () => {
  const found = findingsOf(report, 'Europe/Berlin')
  expect(found.map(({ part, brief }) => plainSpaces(`${part}: ${brief}`))).toEqual([
    'leak: floor +56 per iteration, limit at iteration 15',
    'storm: 420 attempts for 84 demands',
    'raise: worked',
  ])
})

test('what is not decided is no finding', () => {
  const undecided = someEvidence({
    leak: { ...report.leak!, word: 'none' },
    storm: { ...report.storm!, word: 'cannot-tell' },
    raise: { ...report.raise!, word: 'cannot-tell', reason: 'unclear' },
  })
  expect(findingsOf(undecided, 'UTC')).toEqual([])
  expect(findingsOf(someEvidence({ leak: null, storm: null, raise: null }), 'UTC')).toEqual([])
})

test('floors are drawn only where the leak test speaks, without those that do not count', () => {
  expect(floorLine(report.leak)).toMatchObject({ words: 'floor +56 per iteration' })
  expect(floorLine(report.leak)!.floors).toHaveLength(8)
  expect(floorLine({ ...report.leak!, word: 'suspected' })).not.toBeNull()
  expect(floorLine({ ...report.leak!, word: 'cannot-separate' })).toBeNull()
  expect(floorLine({ ...report.leak!, word: 'none' })).toBeNull()
  expect(floorLine(null)).toBeNull()
})
