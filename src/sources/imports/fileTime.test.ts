import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseFileTime } from './fileTime.ts'

const at = (iso: string) => Date.parse(iso)

test.each([
  ['1795414353815', '2026-11-23T06:12:33.815Z'],
  ['1795414353', '2026-11-23T06:12:33.000Z'],
  ['1795414353.815', '2026-11-23T06:12:33.815Z'],
  ['1795414353815.9', '2026-11-23T06:12:33.815Z'],
  ['2026-11-23T06:12:33Z', '2026-11-23T06:12:33.000Z'],
  ['2026-11-23T08:12:33.815+02:00', '2026-11-23T06:12:33.815Z'],
  ['2026/11/23 01:12:33 -0500', '2026-11-23T06:12:33.000Z'],
])('%s names its instant', (text, iso) => {
  expect(parseFileTime(text)).toEqual({ ms: at(iso), assumedUtc: false })
})

test.each([
  ['2014/02/24 07:42:21', '2014-02-24T07:42:21.000Z'],
  ['2014/02/24 07:42:21.256', '2014-02-24T07:42:21.256Z'],
  ['2014-02-24 07:42:21,2', '2014-02-24T07:42:21.200Z'],
  ['2014.2.4 7:42:21.256789', '2014-02-04T07:42:21.256Z'],
  ['2014-02-24T07:42:21', '2014-02-24T07:42:21.000Z'],
  ['02/24/14 07:42:21', '2014-02-24T07:42:21.000Z'],
])('%s names no zone and is read as UTC', (text, iso) => {
  expect(parseFileTime(text)).toEqual({ ms: at(iso), assumedUtc: true })
})

test.each([
  '',
  'timeStamp',
  '0',
  '-1795414353815',
  '12345',
  '179541435381500',
  '2014-02-30 07:42:21',
  '2014-13-01 07:42:21',
  '2014-02-24 24:00:00',
  '2014-02-24 07:60:00',
  '24/02/14 07:42:21',
  '2014/02-24 07:42:21',
  'NaN',
  '1e12',
])('"%s" is no time', (text) => {
  expect(parseFileTime(text)).toBeNull()
})

test('an instant written in milliseconds, as ISO or as a clock time is the same instant', () => {
  const instant = fc.integer({ min: at('1990-01-01T00:00:00Z'), max: at('2199-12-31T00:00:00Z') })
  fc.assert(
    fc.property(instant, (ms) => {
      const iso = new Date(ms).toISOString()
      expect(parseFileTime(String(ms))?.ms).toBe(ms)
      expect(parseFileTime(iso)?.ms).toBe(ms)
      expect(parseFileTime(iso.replace('T', ' ').replace('Z', ''))?.ms).toBe(ms)
    }),
  )
})
