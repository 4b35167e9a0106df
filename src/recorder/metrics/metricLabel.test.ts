import { expect, test } from 'vitest'
import { metricId } from '#domain/units.ts'
import { metricLabel } from './metricLabel.ts'

const labelOf = (id: string, origin = 'run.jtl') => metricLabel({ id: metricId(id), origin })

test('all runs of a file have one name', () => {
  expect(labelOf('jtl.threads:0a1b2c3d')).toBe('jtl.threads:run.jtl')
  expect(labelOf('jtl.threads:ffffffff')).toBe('jtl.threads:run.jtl')
  expect(labelOf('jtl.inFlight:ffffffff', 'other.jtl')).toBe('jtl.inFlight:other.jtl')
})

test('what comes from no file is called by its id', () => {
  for (const id of ['connections.open', 'queue.waiting:4711', 'jtl.threads'])
    expect(labelOf(id)).toBe(id)
})
