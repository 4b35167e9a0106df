import { expect, test } from 'vitest'
import { epochMs } from '#domain/units.ts'
import { pyramidReader } from '#testing/pyramidReader.ts'
import { seriesFromText } from '#testing/seriesFromText.ts'
import { valueOnLine } from './valueOnLine.ts'

const reader = pyramidReader(
  seriesFromText(`
    10s 20s 30s 40s 50s   100s 110s
      1   3   -   2   4      8    6
  `),
)
const at = (seconds: number) => valueOnLine({ reader, gapAfterMs: 25_000 }, epochMs(seconds * 1000))

test('lies between two samples that a line joins', () => {
  expect(at(10)).toBe(1)
  expect(at(15)).toBe(2)
  expect(at(45)).toBe(3)
})

test('is nothing in a gap, marked or silent, and before the first sample', () => {
  expect(at(25)).toBeNull()
  expect(at(30)).toBeNull()
  expect(at(35)).toBeNull()
  expect(at(75)).toBeNull()
  expect(at(9)).toBeNull()
})

test('is the newest value until that is too old', () => {
  expect(at(130)).toBe(6)
  expect(at(136)).toBeNull()
})
