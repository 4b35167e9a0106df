import { expect, test } from 'vitest'
import { orgId } from '#domain/units.ts'
import { recorderAnswer, type RecorderVoice } from './recorderAnswers.ts'

const BEARER = 'a-bearer-of-some-length'

const voice = (parts: Partial<RecorderVoice> = {}): RecorderVoice => ({
  bearer: BEARER,
  displayKeys: null,
  takeProbe: null,
  probesOf: () => null,
  organisations: () => [{ id: orgId('alder'), name: 'Alder', region: 'eu_central_1' }],
  logOf: () => null,
  metrics: () => Promise.resolve({ contentType: 'text/plain', text: 'tidemark_usage 1\n' }),
  notReady: () => [],
  ...parts,
})

const ask = (target: string, authorization?: string, method = 'GET', parts = {}) =>
  recorderAnswer(voice(parts), { method, target, authorization })

test.each([
  '/v1/organisations',
  '/v1/changes?organisation=alder',
  '/v1/probes?organisation=alder',
  '/metrics',
])('%s wants the bearer, whole and as it is', async (target) => {
  for (const shown of [
    undefined,
    '',
    'Bearer',
    'Bearer x',
    `Bearer ${BEARER}x`,
    `Basic ${BEARER}`,
    BEARER,
  ])
    expect((await ask(target, shown)).status).toBe(401)
  expect((await ask(target, `Bearer ${BEARER}`)).status).not.toBe(401)
  expect((await ask(target, undefined, 'GET', { bearer: null })).status).not.toBe(401)
})

test('health is open to everybody, and says no more than it must', async () => {
  expect((await ask('/healthz')).status).toBe(200)
  expect((await ask('/readyz')).status).toBe(200)
  const reasons = [{ organisation: orgId('alder'), reason: 'nothing of it was read yet' }]
  const notReady = await ask('/readyz', undefined, 'GET', { notReady: () => reasons })
  expect(notReady.status).toBe(503)
  expect(JSON.parse(notReady.body)).toEqual({ status: 'not ready', reasons })
})

test('pages of other origins may read the feed, also that a bearer is missing', async () => {
  for (const shown of [undefined, `Bearer ${BEARER}`])
    expect((await ask('/v1/organisations', shown)).headers).toMatchObject({
      'Access-Control-Allow-Origin': '*',
    })
  const preflight = await ask('/v1/changes?organisation=x', undefined, 'OPTIONS')
  expect(preflight).toMatchObject({
    status: 204,
    headers: {
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': 'GET, HEAD, OPTIONS',
    },
  })
  expect(preflight.headers['Access-Control-Allow-Headers']).toContain('Authorization')
  expect((await ask('/metrics', `Bearer ${BEARER}`)).headers).not.toHaveProperty(
    'Access-Control-Allow-Origin',
  )
})

test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'TRACE'])('%s is refused', async (method) => {
  const reply = await ask('/v1/organisations', `Bearer ${BEARER}`, method)
  expect(reply).toMatchObject({ status: 405, headers: { Allow: 'GET, HEAD, OPTIONS' } })
})

test.each([
  '/',
  '/../../etc/passwd',
  '/%2e%2e/%2e%2e/etc/passwd',
  '/v1/organisations/../../state.json',
  '/v1/organisations/',
  '//v1/organisations',
  '/V1/organisations',
  '/__proto__',
  '/constructor',
  '*',
  'http://elsewhere/v1/organisations',
])('%s is no address, with a bearer or without', async (target) => {
  expect((await ask(target, `Bearer ${BEARER}`)).status).toBe(404)
  expect((await ask(target)).status).toBe(404)
})

test.each([
  ['/v1/changes', 400],
  ['/v1/probes', 400],
  ['/v1/probes?organisation=', 404],
  ['/v1/probes?organisation=birch', 404],
  ['/v1/changes?organisation=', 404],
  ['/v1/changes?organisation=../alder', 404],
  [`/v1/changes?organisation=${'x'.repeat(2_048)}`, 414],
])('%.40s answers %i', async (target, status) => {
  const reply = await ask(target, `Bearer ${BEARER}`)
  expect(reply.status).toBe(status)
  expect(JSON.parse(reply.body)).toEqual({
    message: expect.stringMatching(/^[A-Z].*\.$/) as string,
  })
})

test('a display key opens the feed alone, beside the bearer, or in its place', async () => {
  const displayKeys = { nameOf: (text: string) => (text === 'tmk_wall' ? 'NOC wall' : null) }
  const feed = '/v1/organisations'
  const status = async (target: string, shown: string | undefined, bearer: string | null) =>
    (await ask(target, shown && `Bearer ${shown}`, 'GET', { bearer, displayKeys })).status
  expect(await status(feed, 'tmk_wall', null)).toBe(200)
  expect(await status(feed, 'tmk_other', null)).toBe(401)
  expect(await status(feed, undefined, null)).toBe(401)
  expect(await status(feed, 'tmk_wall', BEARER)).toBe(200)
  expect(await status(feed, BEARER, BEARER)).toBe(200)
  expect(await status('/v1/probes?organisation=alder', 'tmk_wall', BEARER)).toBe(200)
  expect(await status('/v1/probes?organisation=alder', 'tmk_other', BEARER)).toBe(401)
  expect(await status('/metrics', 'tmk_wall', BEARER)).toBe(401)
  expect(await status('/metrics', BEARER, BEARER)).toBe(200)
})

test('an organisation that expects no reports has probes of nothing, not an error', async () => {
  const reply = await ask('/v1/probes?organisation=alder', `Bearer ${BEARER}`)
  expect(reply.headers).toMatchObject({ 'Access-Control-Allow-Origin': '*' })
  expect(JSON.parse(reply.body)).toEqual({
    apps: [],
    documents: 0,
    tabs: 0,
    findings: [],
    refused: { count: 0, lastReason: null, lastAtMs: null },
    leftOut: 0,
  })
})
