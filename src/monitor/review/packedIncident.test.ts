import fc from 'fast-check'
import { expect, test } from 'vitest'
import { errorEvent } from '#domain/errors/errorEvent.ts'
import { epochMs } from '#domain/units.ts'
import { anyIncident } from '#testing/anyIncident.ts'
import { someIncident } from '#testing/someIncident.ts'
import { packedIncident, unpackedIncident } from './packedIncident.ts'

test('what is unpacked is what was packed', () => {
  const incident = someIncident()
  expect(unpackedIncident(packedIncident(incident))).toEqual(incident)
  fc.assert(
    fc.property(anyIncident, (one) => {
      expect(unpackedIncident(structuredClone(packedIncident(one)))).toEqual(one)
    }),
  )
})

test('failures that differ in one text alone stay apart, and equal ones are packed once', () => {
  const known = { at: epochMs(1), class: 'capacity', source: 'jtl' } as const
  const errors = [
    errorEvent({ ...known, route: 'a b', app: 'c' }),
    errorEvent({ ...known, route: 'a', app: 'b c' }),
    errorEvent({ ...known, route: 'a', app: 'b c', message: 'x' }),
    errorEvent({ ...known, route: 'a', app: 'b c', message: 'x', correlationId: 'y', count: 7 }),
    errorEvent({ ...known, route: 'null' }),
    errorEvent({ ...known, route: null }),
  ]
  const packed = packedIncident(someIncident({ errors }))
  expect(unpackedIncident(packed).errors).toEqual(errors)
  expect(packed.errors.kinds).toHaveLength(5)
})
