import { expect, test } from 'vitest'
import { incidentEvidence } from '#domain/incident/incidentEvidence.ts'
import type { EvidenceReport } from '#domain/evidence/evidence.ts'
import { metricId } from '#domain/units.ts'
import { someIncident } from '#testing/someIncident.ts'
import { reportText } from './reportText.ts'

const report = incidentEvidence(someIncident())
const textWith = (known: object) => reportText({ ...report, ...known } as EvidenceReport)

test('numbers that differ by the last bits only are the same text', () => {
  const p = report.verdict.p!
  const nudged = textWith({ verdict: { ...report.verdict, p: p * (1 + 2 * Number.EPSILON) } })
  expect(nudged).toBe(reportText(report))
  const other = textWith({ verdict: { ...report.verdict, p: p * (1 + 1e-9) } })
  expect(other).not.toBe(reportText(report))
})

test('instants keep every millisecond', () => {
  expect(reportText(report)).toContain(`"from": ${report.from}`)
  expect(textWith({ clockErrorMs: 1_789_641_903_000.125 })).toContain('1789641903000.125')
})

test('maps, columns and numbers without a value have a text of their own', () => {
  const text = textWith({
    forecasts: new Map([[metricId('a<b'), Float64Array.of(1, Number.NaN, Infinity, -0)]]),
  })
  expect(JSON.parse(text).forecasts).toEqual([['a<b', [1, 'NaN', 'Infinity', 0]]])
  expect(text).not.toContain('<')
})
