import { expect, test } from 'vitest'
import { durationMs, epochMs, orgId } from '#domain/units.ts'
import type { ProbeResult } from './probe.ts'
import { createProbeStore } from './probeStore.ts'

const ORG = orgId('alder')
const KEY = 'tidemark:diagnostics:alder'
const result = (known: Partial<ProbeResult> = {}): ProbeResult => ({
  probe: 'P1',
  state: 'works',
  findings: ['61 keys in 24 namespaces.'],
  permission: null,
  at: epochMs(1_000),
  tookMs: durationMs(40),
  ...known,
})

function setup(stored?: string) {
  const kept = new Map(stored === undefined ? [] : [[KEY, stored]])
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
  return { kept, storage, store: createProbeStore(storage) }
}

test('results come back as they were kept, each probe once, each organisation for itself', () => {
  const { store } = setup()
  const refused = result({ probe: 'P7', state: 'forbidden', permission: 'usage:events:view' })
  expect(store.keep(ORG, result())).toBeNull()
  store.keep(ORG, refused)
  store.keep(ORG, result({ at: epochMs(2_000) }))
  expect(store.load(ORG)).toEqual({
    results: [refused, result({ at: epochMs(2_000) })],
    notice: null,
  })
  expect(store.load(orgId('birch'))).toEqual({ results: [], notice: null })
})

test('what another tab has kept meanwhile stays', () => {
  const { storage, store } = setup()
  createProbeStore(storage).keep(ORG, result({ probe: 'P11' }))
  store.keep(ORG, result())
  expect(store.load(ORG).results.map(({ probe }) => probe)).toEqual(['P11', 'P1'])
})

test('an organisation that is removed leaves nothing', () => {
  const { kept, store } = setup()
  store.keep(ORG, result())
  store.forget(ORG)
  expect(kept.size).toBe(0)
})

test.each([
  ['{', /JSON/],
  ['null', /it is null/],
  ['{"version":2,"results":[]}', /version is 2/],
  ['{"version":1,"results":[{"probe":"P5"}]}', /results\[0\]\.probe is "P5"/],
  [JSON.stringify({ version: 1, results: [{ ...result(), state: 'notRun' }] }), /state/],
  [
    JSON.stringify({ version: 1, results: [{ ...result(), findings: ['x'.repeat(9_999)] }] }),
    /long/,
  ],
])('what cannot be read is said, and the next result takes its place: %s', (stored, reason) => {
  const { store } = setup(stored)
  expect(store.load(ORG)).toEqual({ results: [], notice: expect.stringMatching(reason) })
  expect(store.keep(ORG, result())).toBeNull()
  expect(store.load(ORG)).toEqual({ results: [result()], notice: null })
})

test('a storage that is full or barred is told in a sentence', () => {
  const barred = () => {
    throw new DOMException('Access is denied.', 'SecurityError')
  }
  const store = createProbeStore({ getItem: barred, setItem: barred, removeItem: barred })
  expect(store.load(ORG).notice).toContain('Access is denied')
  expect(store.keep(ORG, result())).toBe('The browser does not keep the results: Access is denied.')
  expect(() => store.forget(ORG)).not.toThrow()
})
