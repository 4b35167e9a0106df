import { expect, test } from 'vitest'
import type { Observation } from '#domain/observation.ts'
import { openJtlReading } from '#sources/imports/jtl/jtlReading.ts'
import { JTL_HEADER, JTL_START_MS, jtlLine } from '#testing/jtlText.ts'
import { openMarkedReading, type ReadMark, RESTS_AFTER_MS } from './markedReading.ts'

const rows = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => `${jtlLine(from + i, 503, 5)}\n`).join('')

function setup(told: ReadMark | null = null) {
  let nowMs = 0
  const reading = openMarkedReading({
    reading: openJtlReading('run.jtl'),
    told,
    now: () => nowMs,
  })
  return {
    reading,
    push: (text: string) => reading.push(Buffer.from(text)),
    pass: (ms: number) => {
      nowMs += ms
    },
  }
}

/** Which seconds of the run had failures in it. */
const secondsIn = ({ errors }: Observation) =>
  errors.map(({ at }) => Math.floor((at - JTL_START_MS) / 1000))

const START = `${JTL_HEADER}\n${rows(0, 50)}`

function markAfter(text: string, quietMs = 0) {
  const { reading, push, pass } = setup()
  push(text)
  pass(quietMs)
  reading.news({ isQuiet: quietMs > 0 })
  return reading.mark()!
}

test('what was told up to a mark is not told again, in whatever pieces it comes', () => {
  const mark = markAfter(START)
  expect(mark.readBytes).toBe(START.length)
  for (const cut of [1, 100, START.length - 1, START.length, START.length + 30]) {
    const { reading, push } = setup(mark)
    const text = START + rows(50, 54)
    push(text.slice(0, cut))
    push(text.slice(cut))
    const news = reading.news()
    // Second 49 was the newest, and held back.
    expect(secondsIn(news)).toEqual([49, 50, 51, 52])
    expect(news.metrics.map(({ title }) => title)).toEqual(['Active threads', 'Load test attempts'])
    expect(reading.mark()).toMatchObject({ readBytes: text.length, isResting: false })
  }
})

test('the newest second is told when the file has rested, and then not again', () => {
  const { reading, push, pass } = setup()
  push(START)
  expect(secondsIn(reading.news()).at(-1)).toBe(48)
  pass(RESTS_AFTER_MS - 1)
  expect(secondsIn(reading.news({ isQuiet: true }))).toEqual([])
  pass(1)
  expect(secondsIn(reading.news({ isQuiet: true }))).toEqual([49])
  const again = setup(reading.mark())
  again.push(START)
  again.pass(RESTS_AFTER_MS)
  expect(secondsIn(again.reading.news({ isQuiet: true }))).toEqual([])
})

test('a file that is another one at the mark is told whole', () => {
  const mark = markAfter(START)
  const { reading, push } = setup(mark)
  push(`${JTL_HEADER}\n${rows(100, 160)}`)
  expect(secondsIn(reading.news())[0]).toBe(100)
})

test('a file that ends before the mark is another one, once nothing follows', () => {
  const { reading, push } = setup(markAfter(START))
  push(`${JTL_HEADER}\n${rows(100, 103)}`)
  expect(secondsIn(reading.news())).toEqual([])
  expect(secondsIn(reading.news({ isQuiet: true }))).toEqual([100, 101])
})

test('while the file is not there the mark stays', () => {
  const mark = markAfter(START)
  const { reading, push } = setup(mark)
  reading.news({ isQuiet: true })
  expect(reading.mark()).toEqual(mark)
  push(START)
  expect(secondsIn(reading.news())).toEqual([])
})
