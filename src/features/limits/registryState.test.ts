import { expect, test } from 'vitest'
import { EMPTY_BOOK, withRegistryFacts } from '#domain/limits/registryBook.ts'
import type { NamespaceFacts } from '#domain/limits/registryFact.ts'
import { durationMs, epochMs, sourceId } from '#domain/units.ts'
import type { SourceStatus } from '#monitor/orgFacts.ts'
import { SourceError } from '#sources/sourceError.ts'
import { someRegistry } from '#testing/someRegistry.ts'
import { registryState } from './registryState.ts'

const NOW = epochMs(1_795_000_000_000)
const bookOf = (...facts: Parameters<typeof withRegistryFacts>[1]) =>
  withRegistryFacts(EMPTY_BOOK, facts).book
const refused = (namespace: string): NamespaceFacts => ({
  kind: 'namespace',
  namespace,
  title: null,
  answer: {
    at: NOW,
    failure: { kind: 'failed', reason: 'It answered something unexpected.', permission: null },
  },
  keys: [],
})

test('a registry that is read tells since when, and which part was refused for which permission', () => {
  expect(registryState(bookOf(...someRegistry(NOW)), [])).toEqual({
    readAt: NOW,
    progress: '3 of 3 namespaces read',
    problems: ['Not read: quality (permission missing: quality:limit:view).'],
  })
})

test('a registry that is being read tells how far it is', () => {
  const docs: NamespaceFacts = { ...refused('scim'), answer: null }
  expect(registryState(bookOf(...someRegistry(NOW), docs), [])).toMatchObject({
    readAt: null,
    progress: '3 of 4 namespaces read',
  })
})

test('many parts that cannot be read are one sentence', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f']
  expect(registryState(bookOf(...names.map(refused)), []).problems).toEqual([
    'Not read: a, b, c and 3 more (It answered something unexpected).',
  ])
})

test('sources that fail say what is missing because of it', () => {
  const error = new SourceError('forbidden', 'No.', { permission: 'limits:organization:view' })
  const source: SourceStatus = {
    id: sourceId('genesys.limitChanges'),
    title: 'Changes of limits',
    everyMs: durationMs(300_000),
    metrics: [],
    state: 'off',
    lastOkAt: null,
    failingSince: NOW,
    failure: { ...error.details, kind: 'forbidden', message: error.message },
    nextAt: null,
    skippedTicks: 0,
  }
  expect(registryState(EMPTY_BOOK, [source]).problems).toEqual([
    'Change requests cannot be read, so changes cannot be explained: permission missing: limits:organization:view.',
  ])
})
