import { expect, test } from 'vitest'
import { CONNECTIONS, SESSIONS, someIncident, withSamples } from '#testing/someIncident.ts'
import { epochMs } from '../units.ts'
import { beyondClients } from './beyondClients.ts'
import { incidentEvidence } from './incidentEvidence.ts'

const incident = someIncident()
const report = incidentEvidence(incident)

test('what is counted beyond the clients is the difference where both are known', () => {
  const { series, counted } = beyondClients(incident, { notReleased: null })!
  expect(counted.id).toBe(CONNECTIONS)
  expect(series.timeMs.length).toBeGreaterThan(100)
  expect(Math.max(...series.value)).toBeLessThan(1_500)
})

test('without a ledger it is not called "not released": other users are in it', () => {
  expect(beyondClients(incident, { notReleased: null })).toMatchObject({
    title: 'Counted beyond the load test',
    words: expect.stringMatching(/other users count too$/),
  })
})

test('with the ledger its baseline is taken off, and the name claims it', () => {
  const plain = beyondClients(incident, { notReleased: null })!
  const ledger = { ...report.notReleased, baseline: 42 } as NonNullable<typeof report.notReleased>
  const known = beyondClients(incident, { notReleased: ledger })!
  expect(known.title).toBe('Not released')
  expect(plain.series.value[0]! - known.series.value[0]!).toBe(42)
})

test('the baseline of a ledger about another count is not taken off', () => {
  const ledger = { ...report.notReleased, baseline: 42 } as NonNullable<typeof report.notReleased>
  const elsewhere = {
    ...incident,
    limits: [{ metric: SESSIONS, steps: [{ from: epochMs(0), value: 9, source: '' }] }],
  }
  expect(beyondClients(elsewhere, { notReleased: ledger })?.title).toBe(
    'Counted beyond the load test',
  )
})

test('without a count of the organisation there is nothing to say', () => {
  const empty = { timeMs: new Float64Array(0), value: new Float64Array(0) }
  expect(beyondClients(withSamples(incident, CONNECTIONS, empty), report)).toBeNull()
  expect(beyondClients({ ...incident, metrics: [] }, report)).toBeNull()
})
