import { expect, test } from 'vitest'
import { DAY_MS, durationMs, epochMs, HOUR_MS, later, MINUTE_MS } from '#domain/units.ts'
import { summarised } from '#domain/series/minuteSummaries.ts'
import { createIncidentStores } from '#monitor/review/incidentStores.ts'
import { summarisedSeries } from '#monitor/summaryStore.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import {
  CONNECTIONS,
  INCIDENT_FROM,
  incidentAt,
  someIncident,
  WAITING,
} from '#testing/someIncident.ts'
import { chartSentence } from './chartSentence.ts'
import { levelThen } from './levelThen.ts'
import { reviewPlan } from './reviewPlan.ts'

const STEPS_FROM = later(INCIDENT_FROM, -1 * HOUR_MS)

/** The incident, before it an hour of steps from 40 to 1 200 connections, and nothing else in it where `isAlone`. */
function setup({ isAlone = false } = {}) {
  const whole = someIncident()
  const metrics = whole.metrics.filter(({ id }) => id === CONNECTIONS)
  const incident = isAlone ? { ...whole, metrics: [], samples: [] } : whole
  const series = {
    timeMs: Float64Array.from({ length: 120 }, (_, i) => STEPS_FROM + i * 30_000),
    value: Float64Array.from({ length: 120 }, (_, i) => (i % 2 === 0 ? 40 : 1_200)),
  }
  const span = {
    from: STEPS_FROM,
    to: INCIDENT_FROM,
    stepMs: durationMs(MINUTE_MS),
    isPruned: true,
  }
  const byMetric = new Map([[CONNECTIONS, summarisedSeries(summarised(series), 'gauge')]])
  const { drawn } = createIncidentStores(incident, { span, metrics, byMetric })
  const plan = reviewPlan(incident, null, metrics)
  return { incident, metrics, drawn, plan, metric: metrics[0]! }
}

test('a sample is given with the limit then, a step with its lowest and highest', () => {
  const { metric, plan, drawn } = setup()
  const at = (time: number) => plainSpaces(levelThen(metric, epochMs(time), plan, drawn))
  expect(at(incidentAt('13:35:00'))).toMatch(/^\d[\d ]* of 1 000$/)
  expect(at(STEPS_FROM + 90_000)).toMatch(/^40 to 1 200/)
  expect(at(STEPS_FROM - 90_000)).toBe('no sample')
})

test('what only steps are known of has its chart, too, once', () => {
  const { incident, metrics, plan } = setup({ isAlone: true })
  expect(incident.metrics).toEqual([])
  expect(plan.upper).toEqual(metrics)
  const whole = setup()
  expect(whole.plan).toEqual(reviewPlan(whole.incident, null))
  expect(whole.plan.queue.map(({ id }) => id)).toContain(WAITING)
})

test('the sentence of a chart tells the peak of its steps, with the day where there are several', () => {
  const { metric, plan, drawn } = setup({ isAlone: true })
  const sentence = (from: number) =>
    plainSpaces(
      chartSentence([metric], plan, drawn, { from: epochMs(from), to: INCIDENT_FROM }, 'UTC'),
    )
  expect(sentence(STEPS_FROM)).toMatch(/^\D+, 09:45 to 10:45: peak 1 200.* at 09:45:\d\d\.$/)
  expect(sentence(INCIDENT_FROM - 2 * DAY_MS)).toMatch(
    /, 15 Sep 10:45 to 17 Sep 10:45: peak 1 200.* at 17 Sep 09:45\.$/,
  )
})
