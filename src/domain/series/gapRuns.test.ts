import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createGapRuns } from './gapRuns.ts'

/** Whether each sample is a gap, and where the samples are cut off before they are written again. */
const anyGaps = fc.array(fc.boolean(), { minLength: 1, maxLength: 60 })
const anyRewriting = fc.tuple(anyGaps, fc.nat({ max: 60 }), anyGaps)

test('runs tell of every sample what a list of the gaps would', () => {
  fc.assert(
    fc.property(anyRewriting, ([first, at, second]) => {
      const cut = Math.min(at, first.length)
      const isGap = [...first.slice(0, cut), ...second]
      const runs = createGapRuns()
      first.forEach((gap, index) => gap && runs.add(index))
      runs.cutFrom(cut)
      second.forEach((gap, i) => gap && runs.add(cut + i))
      isGap.forEach((gap, index) => {
        expect(runs.countBefore(index)).toBe(isGap.slice(0, index).filter(Boolean).length)
        if (!gap) return
        const end = isGap.indexOf(false, index)
        expect(runs.endOfRun(index)).toBe(end < 0 ? isGap.length : end)
        expect(runs.startOfRun(index)).toBe(isGap.lastIndexOf(false, index) + 1)
      })
    }),
  )
})

test('a night of gaps takes no more memory than one', () => {
  const one = createGapRuns()
  one.add(7)
  const night = createGapRuns()
  for (let i = 7; i < 30_000; i++) night.add(i)
  expect(night.bytes()).toBe(one.bytes())
  expect(night.countBefore(30_000)).toBe(29_993)
})
