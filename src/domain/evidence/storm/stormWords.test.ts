import { expect, test } from 'vitest'
import { durationMs, epochMs } from '../../units.ts'
import type { Storm } from './storm.ts'
import { stormWords } from './stormWords.ts'

const study = { amplification: 3, peakPerSec: 40, served: 210, medianWaitMs: null }
const storm: Storm = {
  word: 'storm',
  reason: 'storm',
  from: epochMs(Date.UTC(2026, 8, 17, 13, 12)),
  to: epochMs(Date.UTC(2026, 8, 17, 13, 16)),
  attempts: 4_200,
  demands: 210,
  amplification: 20,
  gapsAfterFailure: 3_990,
  gapsAfterSuccess: 640,
  medianAfterFailureMs: durationMs(5_000),
  medianAfterSuccessMs: durationMs(190_000),
  p: 1e-40,
  clients: 210,
  backoff: [
    { ...study, policy: 'recorded', attempts: 4_300 },
    { ...study, policy: 'exponential', attempts: 900 },
    { ...study, policy: 'fullJitter', attempts: 640 },
  ],
}
const words = (changed: Partial<Storm>) => {
  const said = stormWords({ ...storm, ...changed }, 'UTC')
  return said && JSON.parse(JSON.stringify(said).replaceAll('\u202f', ' '))
}

test('a storm says its attempts, when it was and what back-off would have made of it', () => {
  expect(words({})).toEqual({
    title: 'Retry storm',
    sentence:
      'Storm: 4 200 attempts for 210 demands (× 20) from 13:12 to 13:16; refused clients came back after 5 s. With exponential back-off and jitter the same demand would have made 640 attempts.',
    against:
      'Against it: the same clients also came back by themselves, 3 min 10 s after a success, and the back-off is simulated.',
  })
})

test('short storms are told to the second, quick retries to the millisecond', () => {
  const { sentence } = words({
    to: epochMs(storm.from + 46_000),
    medianAfterFailureMs: durationMs(200),
    amplification: 2.44,
    backoff: [],
  })
  expect(sentence).toBe(
    'Storm: 4 200 attempts for 210 demands (× 2.4) from 13:12:00 to 13:12:46; refused clients came back after 200 ms.',
  )
})

test('what cannot be told from load is never called a storm', () => {
  const said = words({
    word: 'cannot-tell',
    reason: 'few-successes',
    gapsAfterSuccess: 4,
    backoff: [],
  })
  expect(said).toEqual({
    title: 'Many attempts',
    sentence:
      '4 200 attempts for 210 demands (× 20) from 13:12 to 13:16. Whether refused clients came back faster than usual cannot be told: 4 pauses after a success are known, 20 are needed.',
    against: 'Against it: clients that pause 5 s whatever happens look the same.',
  })
  expect(JSON.stringify(said).toLowerCase()).not.toContain('storm')
})

test('there is nothing to say where there was none', () => {
  expect(words({ word: 'no', reason: 'not-faster' })).toBeNull()
  expect(words({ word: 'cannot-tell', reason: 'no-clients' })).toBeNull()
})
