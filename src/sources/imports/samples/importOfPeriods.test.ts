import { expect, test } from 'vitest'
import { importOfPeriods } from './importOfPeriods.ts'

const START = Date.UTC(2026, 8, 17, 10)
const NAMES = {
  kind: 'artillery' as const,
  level: { id: 'vusers', title: 'Virtual users', note: '' },
  attempts: { id: 'attempts', title: 'Load test attempts', note: '' },
}

test('of two days, second by second, the highest level is found', () => {
  const periods = Array.from({ length: 200_000 }, (_, i) => ({
    fromMs: START + 1_000 * i,
    toMs: START + 1_000 * (i + 1),
    attempts: null,
    codes: new Map<string, number>(),
    errors: new Map<string, number>(),
    level: i % 7,
  }))
  const report = { periods, codes: null, samples: 0, labels: null, rejected: [], warnings: [] }
  const { summary } = importOfPeriods('report.json', 'artillery-json', NAMES, report)
  expect(summary.peakThreads).toBe(6)
})
