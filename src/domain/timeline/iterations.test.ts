import fc from 'fast-check'
import { expect, test } from 'vitest'
import { epochMs } from '../units.ts'
import { iterationsOf } from './iterations.ts'
import type { Marker, MarkerKind } from './marker.ts'

let ids = 0
const mark = (
  at: number,
  kind: MarkerKind,
  label = '',
  origin: Marker['origin'] = 'here',
  file = 'ramp',
) => ({
  id: `${file}:${ids++}`,
  at: epochMs(at),
  kind,
  label,
  origin,
})
const late = epochMs(1_000)

test('an iteration lasts until the next one, the last one until the end of its run', () => {
  const runs = iterationsOf(
    [
      mark(10, 'run', 'Friday'),
      mark(10, 'iteration', 'cold'),
      mark(20, 'iteration', 'warm'),
      mark(35, 'end'),
    ],
    late,
  )
  expect(runs).toEqual([
    {
      run: 1,
      isFile: false,
      label: 'Friday',
      from: 10,
      to: 35,
      iterations: [
        { number: 1, label: 'cold', from: 10, to: 20 },
        { number: 2, label: 'warm', from: 20, to: 35 },
      ],
    },
  ])
})

test('what goes on has no end yet', () => {
  const [run] = iterationsOf([mark(10, 'run'), mark(20, 'iteration')], late)
  expect(run).toMatchObject({
    to: null,
    iterations: [{ number: 1, label: '', from: 20, to: null }],
  })
})

test('after a pause without load the next iteration belongs to the same run', () => {
  const [run, ...others] = iterationsOf(
    [
      mark(10, 'run'),
      mark(10, 'iteration'),
      mark(20, 'end'),
      mark(30, 'iteration'),
      mark(40, 'end'),
    ],
    late,
  )
  expect(others).toEqual([])
  expect(run).toMatchObject({ from: 10, to: 40 })
  expect(run?.iterations).toEqual([
    { number: 1, label: '', from: 10, to: 20 },
    { number: 2, label: '', from: 30, to: 40 },
  ])
})

test('a new run ends the one before', () => {
  const runs = iterationsOf([mark(10, 'run', 'one'), mark(50, 'run', 'two')], late)
  expect(runs.map(({ run, label, from, to }) => [run, label, from, to])).toEqual([
    [1, 'one', 10, 50],
    [2, 'two', 50, null],
  ])
})

test('a run whose iterations nobody marked is one iteration', () => {
  expect(iterationsOf([mark(10, 'run'), mark(30, 'end')], late)[0]?.iterations).toEqual([
    { number: 1, label: '', from: 10, to: 30 },
  ])
})

test('an iteration outside any run begins one without a label', () => {
  const runs = iterationsOf([mark(5, 'end'), mark(10, 'iteration'), mark(20, 'iteration')], late)
  expect(runs).toHaveLength(1)
  expect(runs[0]).toMatchObject({ label: '', from: 10, to: null })
  expect(runs[0]?.iterations).toHaveLength(2)
})

test('a file laid beside a live test has a run of its own, and renumbers nothing', () => {
  const runs = iterationsOf(
    [
      mark(5, 'run', 'ramp.jtl', 'jtl'),
      mark(10, 'run', 'live'),
      mark(30, 'end', '', 'jtl'),
      mark(40, 'iteration'),
    ],
    late,
  )
  expect(runs.map(({ run, isFile, label, to }) => [run, isFile, label, to])).toEqual([
    [1, true, 'ramp.jtl', 30],
    [1, false, 'live', null],
  ])
  expect(runs[1]?.iterations).toEqual([{ number: 1, label: '', from: 40, to: null }])
})

test('files that overlap do not end each other', () => {
  const runs = iterationsOf(
    [
      mark(10, 'run', 'a.jtl', 'jtl', 'a'),
      mark(20, 'run', 'b.jtl', 'jtl', 'b'),
      mark(30, 'end', '', 'jtl', 'b'),
      mark(40, 'end', '', 'jtl', 'a'),
    ],
    late,
  )
  expect(runs.map(({ label, from, to }) => [label, from, to])).toEqual([
    ['a.jtl', 10, 40],
    ['b.jtl', 20, 30],
  ])
})

test('what is marked on a screen joins the run that a feed speaks of', () => {
  const [run, ...others] = iterationsOf(
    [
      mark(10, 'run', 'Run 7', 'feed'),
      mark(10, 'iteration', 'Iteration 1', 'feed'),
      mark(20, 'iteration', 'Iteration 2', 'here'),
      mark(30, 'end', '', 'feed'),
    ],
    late,
  )
  expect(others).toEqual([])
  expect(run?.iterations.map(({ label, to }) => [label, to])).toEqual([
    ['Iteration 1', 20],
    ['Iteration 2', 30],
  ])
})

test('what is marked for later has not begun', () => {
  expect(iterationsOf([mark(10, 'run')], epochMs(9))).toEqual([])
})

test('notes and limit changes end nothing', () => {
  const runs = iterationsOf([mark(10, 'run'), mark(20, 'limitChanged'), mark(30, 'note')], late)
  expect(runs).toHaveLength(1)
  expect(runs[0]?.to).toBeNull()
})

test('runs being watched never overlap, and iterations lie within their run, in whatever order marks arrive', () => {
  const anyMarks = fc.array(
    fc.record({
      at: fc.integer({ min: 0, max: 100 }),
      kind: fc.constantFrom<MarkerKind>('run', 'iteration', 'end', 'note'),
    }),
  )
  fc.assert(
    fc.property(anyMarks, (marks) => {
      const runs = iterationsOf(
        marks.map(({ at, kind }) => mark(at, kind)),
        late,
      )
      for (const [i, run] of runs.entries()) {
        expect(run.run).toBe(i + 1)
        expect(run.to ?? Infinity).toBeLessThanOrEqual(runs[i + 1]?.from ?? Infinity)
        for (const [n, iteration] of run.iterations.entries()) {
          expect(iteration.number).toBe(n + 1)
          expect(iteration.from).toBeGreaterThanOrEqual(run.from)
          expect(iteration.to ?? Infinity).toBeLessThanOrEqual(
            run.iterations[n + 1]?.from ?? run.to ?? Infinity,
          )
        }
      }
    }),
  )
})

test('markers of one instant may come in any order', () => {
  const all = [
    mark(10, 'run', 'one'),
    mark(10, 'iteration', 'a'),
    mark(20, 'end'),
    mark(20, 'run', 'two'),
    mark(20, 'iteration', 'b'),
    mark(30, 'end'),
    mark(30, 'iteration', 'c'),
  ]
  const known = iterationsOf(all, late)
  expect(known.map(({ label, iterations }) => [label, iterations.map((one) => one.label)])).toEqual(
    [
      ['one', ['a']],
      ['two', ['b', 'c']],
    ],
  )
  fc.assert(
    fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
      expect(iterationsOf(shuffled, late)).toEqual(known)
    }),
  )
})

test('a run that is marked and ended at one instant has ended', () => {
  const [run] = iterationsOf([mark(10, 'run'), mark(10, 'end')], late)
  expect(run).toMatchObject({ from: 10, to: 10 })
})
