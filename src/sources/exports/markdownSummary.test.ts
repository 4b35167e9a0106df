import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findingsOf } from '#domain/incident/findingsOf.ts'
import { incidentEvidence } from '#domain/incident/incidentEvidence.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { someIncident } from '#testing/someIncident.ts'
import { markdownSummary } from './markdownSummary.ts'
import { markdownCell, markdownTable, markdownText } from './markdownText.ts'

const findings = findingsOf(someIncident(), incidentEvidence(someIncident()))
const linesOf = (text: string) => plainSpaces(text).split('\n')

test('a ticket gets the verdict, what speaks against it, and what happened when', () => {
  const lines = linesOf(markdownSummary(someIncident(), findings, '1f0a 22c4'))
  expect(lines[0]).toBe('## Load test, run 7')
  expect(lines.filter((line) => line.startsWith('### '))).toEqual([
    '### Numbers',
    '### Timeline',
    '### Two windows compared',
    '### Limits as they held then',
    '### Sources',
  ])
  expect(lines).toContain(
    '| 13:08:58 | 2026-09-17 11:08:58Z | ± 5 s | First crossing, 1 000 of 1 000 | Iteration 6. Floor before it: 322. |',
  )
  expect(lines).toContain(
    '| run-07.jtl | JTL CSV, start times | 8 416 | 1 | moved −41 s, ± 2 s, by cross-correlation, drift +12 ppm from 12:45:00 | none |',
  )
  expect(lines.some((line) => line.startsWith('**Capacity-bound.** '))).toBe(true)
  expect(lines.some((line) => line.startsWith('Against it: '))).toBe(true)
  expect(lines.at(-2)).toBe('Fingerprint of the bundle: `1f0a 22c4`')
})

test('without a bundle there is no fingerprint; a simulation is said first', () => {
  const organisation = { ...someIncident().organisation!, simulation: 'scenario quiet, seed 1' }
  const text = markdownSummary(someIncident({ organisation }), findings, null)
  expect(text).not.toContain('Fingerprint')
  expect(linesOf(text)[0]).toBe(
    '**Simulated organisation: scenario quiet, seed 1. Nothing here comes from Genesys Cloud.**',
  )
})

test.each([
  ['a|b', 'a\\|b'],
  ['a\\|b', 'a\\\\\\|b'],
  ['line\r\nnext\u2028last', 'line next last'],
  ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
  ['&lt;b&gt;', '&amp;lt;b&amp;gt;'],
  ['[x](javascript:alert(1))', '\\[x\\](javascript:alert(1))'],
  ['![x](http://a.b)', '\\!\\[x\\](http&#58;//a.b)'],
  ['www.example.com', 'www&#46;example.com'],
  ['_www.example.com', '\\_www&#46;example.com'],
  [
    '@everyone `rm` **b** _i_ ~s~ $x$',
    '&#64;everyone \\`rm\\` \\*\\*b\\*\\* \\_i\\_ \\~s\\~ \\$x\\$',
  ],
  ['# head', '\\# head'],
  ['- item', '\\- item'],
  ['1. item', '1\\. item'],
  ['1.9 %', '1.9 %'],
  ['> quote', '&gt; quote'],
])('%j is written as %j', (text, written) => {
  expect(markdownText(text)).toBe(written)
})

test('whatever stands in a cell, a table keeps its rows and columns', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom('|', '\\', '\n', '\r', '`', '<', '&', ' ', '\u0085', 'a') }),
  )
  fc.assert(
    fc.property(anyText, anyText, (a, b) => {
      const table = markdownTable({
        title: 'T',
        columns: [{ name: a }, { name: b, isNumber: true }],
        rows: [
          [a, b],
          [b, a],
        ],
        empty: '',
        remarks: [a],
      })
      const lines = table.split(/[\n\r\u0085\u2028\u2029]/)
      expect(lines).toHaveLength(8)
      // A pipe parts cells unless a backslash of its own stands before it.
      for (const line of [lines[2], lines[4], lines[5]])
        expect(line!.replace(/\\[\\|]/g, '').match(/\|/g)).toHaveLength(3)
      expect(markdownCell(a)).not.toMatch(/[<>]/)
    }),
  )
})
