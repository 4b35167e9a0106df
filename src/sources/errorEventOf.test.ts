import { expect, test } from 'vitest'
import { epochMs } from '#domain/units.ts'
import { errorEventOf } from './errorEventOf.ts'
import { FeedError } from './feed/feedError.ts'
import { SourceError } from './sourceError.ts'

const AT = epochMs(Date.UTC(2026, 2, 2, 9))

test.each([
  ['unavailable', 503, 'capacity'],
  ['unavailable', 500, 'server'],
  ['unavailable', 504, 'server'],
  ['rateLimited', 429, 'rate'],
  ['unauthorised', 401, 'auth'],
  ['forbidden', 403, 'auth'],
  ['absent', 404, 'other'],
  ['badRequest', 400, 'other'],
  ['network', null, 'network'],
  ['timeout', null, 'network'],
  ['timeout', 408, 'other'],
  ['unexpectedShape', 200, 'other'],
] as const)('%s with status %s is of class %s', (kind, status, errorClass) => {
  const event = errorEventOf(new SourceError(kind, 'It failed.', { status }), AT)
  expect(event).toMatchObject({ at: AT, class: errorClass, status, source: 'monitor', count: 1 })
})

test('what the server said is kept', () => {
  const limit = { namespace: 'platform.api', key: 'token.rate.per.minute', value: 300 }
  const details = {
    status: 429,
    route: 'GET /x',
    code: 'too.many.requests',
    correlationId: 'c1',
    limit,
  }
  expect(errorEventOf(new SourceError('rateLimited', 'Too often.', details), AT)).toMatchObject({
    route: 'GET /x',
    code: 'too.many.requests',
    correlationId: 'c1',
    message: 'Too often.',
    limit,
  })
})

test('a request that was never sent is no event', () => {
  expect(errorEventOf(new SourceError('unauthorised', 'Nobody is signed in.'), AT)).toBeNull()
})

test('a good reply that there is no such thing is no event, a 404 is', () => {
  const absent = (status: number) => new SourceError('absent', 'None.', { status })
  expect(errorEventOf(absent(200), AT)).toBeNull()
  expect(errorEventOf(absent(404), AT)).not.toBeNull()
})

test('where it happened follows from the route', () => {
  const placeOf = (route: string) =>
    errorEventOf(new SourceError('unavailable', 'It failed.', { status: 503, route }), AT)?.place
  expect(placeOf('GET /api/v2/stations')).toBe('rest')
  expect(placeOf('POST /oauth/token')).toBe('token')
})

test('a feed that is down refuses no connection of the organisation', () => {
  const details = { status: 503, route: 'GET /v1/changes' }
  const event = errorEventOf(new FeedError('unavailable', 'The feed is down.', details), AT)
  expect(event?.class).toBe('server')
})
