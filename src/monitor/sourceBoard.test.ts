import { expect, test } from 'vitest'
import { NOTHING_OBSERVED } from '#domain/observation.ts'
import { durationMs, metricId, sourceId } from '#domain/units.ts'
import type { PolledSource } from '#sources/polledSource.ts'
import { someMetric } from '#testing/someMetric.ts'
import { createSourceBoard } from './sourceBoard.ts'

const source = (id: string, metrics: readonly string[]): PolledSource => ({
  id: sourceId(id),
  title: id,
  everyMs: durationMs(1_000),
  metrics: metrics.map((metric) => someMetric(metric)),
  ask: () => Promise.resolve(NOTHING_OBSERVED),
})

function setup() {
  const board = createSourceBoard([source('feed', []), source('calls', ['sessions'])], () => {})
  return { board, fedBy: (index: number) => board.all()[index]!.metrics }
}

test('a series that turns out to be fed is told with its source', () => {
  const { board, fedBy } = setup()
  board.feeds(sourceId('feed'), [metricId('connections')])
  expect(fedBy(0)).toEqual(['connections'])
})

test('a feed that adds to the past of a series does not answer for the call that feeds it', () => {
  const { board, fedBy } = setup()
  board.feeds(sourceId('feed'), [metricId('sessions'), metricId('connections')])
  expect(fedBy(0)).toEqual(['connections'])
  expect(fedBy(1)).toEqual(['sessions'])
})

test('a source that nobody wants asked is off, without a failure, and keeps its metrics', () => {
  const off = [source('flows', ['flows.active'])]
  const [asked, silent] = createSourceBoard([source('calls', [])], () => {}, off).all()
  expect(asked).toMatchObject({ id: 'calls', state: 'waiting' })
  expect(silent).toMatchObject({ state: 'off', failure: null, metrics: ['flows.active'] })
})
