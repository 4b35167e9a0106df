import { expect, test } from 'vitest'
import { plantedTest } from '#testing/plantedTest.ts'
import { createEvidenceDesk } from './evidenceDesk.ts'

test('the worker loads and answers, and again after it was let go', async () => {
  const desk = createEvidenceDesk()
  try {
    for (let round = 0; round < 2; round++) {
      const input = { ...plantedTest(), clients: null }
      const look = { from: input.from, to: input.to }
      const { report, earlier } = await desk.ask({ input, clientEvents: null, earlier: [look] })
      expect(report.verdict).toMatchObject({ word: 'capacity-bound', errorsBelow: 0 })
      expect(earlier[0]).toEqual(report.verdict)
      // Handed over, not copied.
      expect(input.subject?.series.timeMs).toHaveLength(0)
      desk.close()
    }
  } finally {
    desk.close()
  }
})
