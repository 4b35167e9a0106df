import { expect, test } from 'vitest'
import { errorEvent } from '#domain/errors/errorEvent.ts'
import { observation } from '#domain/observation.ts'
import { epochMs } from '#domain/units.ts'
import { someMetric } from '#testing/someMetric.ts'
import { createRedactor } from './redaction.ts'
import { redactedObservation } from './redactedObservation.ts'

const SECRET = 'jane.doe@example.com'
const at = epochMs(1_789_642_152_345)
const metric = someMetric('connections.open', { title: SECRET, origin: SECRET, note: SECRET })
const observed = observation({
  metrics: [metric],
  limits: [{ metric: metric.id, step: { from: at, value: 50, source: `cap set by ${SECRET}` } }],
  errors: [
    errorEvent({
      at,
      class: 'capacity',
      source: 'feed',
      route: `WS /v1?access_token=q8Zt3vK1x0Yp7Lm2`,
      app: SECRET,
      code: SECRET,
      message: SECRET,
      correlationId: SECRET,
      limit: { namespace: SECRET, key: SECRET, value: 50 },
    }),
  ],
  markers: [{ id: 'feed:run:1', at, kind: 'run', label: `Run of ${SECRET}`, origin: 'feed' }],
  clients: [SECRET, 'b', SECRET].map((client) => ({ at, kind: 'opened', client, tookMs: 1 })),
})

test('whatever a feed or an organisation says is cleaned, and what was taken out is counted', () => {
  const redactor = createRedactor()
  const text = JSON.stringify(redactedObservation(observed, redactor))
  expect(text).not.toMatch(/jane|q8Zt3vK1x0Yp7Lm2/)
  expect(redactor.removals().map(({ what }) => what)).toEqual([
    'e-mail address',
    'value named as a secret',
  ])
})

test('clients are told apart by number alone', () => {
  const { clients } = redactedObservation(observed, createRedactor())
  expect(clients.map(({ client }) => client)).toEqual(['c1', 'c2', 'c1'])
})

test('what holds no secret stays as it was', () => {
  const correlationId = '1f0c44aa-0000-4000-8000-000000000000'
  const plain = observation({
    errors: [errorEvent({ at, class: 'capacity', source: 'feed', route: 'WS /v1', correlationId })],
  })
  const redactor = createRedactor()
  expect(redactedObservation(plain, redactor)).toEqual(plain)
  expect(redactor.removals()).toEqual([])
})
