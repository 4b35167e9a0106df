import { expect, test } from 'vitest'
import { keyScope } from './keyScope.ts'
import type { KeyDoc } from './registryFact.ts'

const scopeOf = (key: string, description: string | null = null) => {
  const doc: KeyDoc = { description, isConfigurable: null, isTrackable: null }
  const { words, basis } = keyScope({ namespace: 'any', key }, doc)
  return `${words} (${basis})`
}

test('says whose use a key counts where its name spells it', () => {
  expect(scopeOf('messages.per.session.rate.per.second')).toBe('session (name)')
  expect(scopeOf('evaluations.per.agent.per.day')).toBe('agent (name)')
  expect(scopeOf('channels.per.user.and.app.max')).toBe('user and app (name)')
  expect(scopeOf('topics.per.channel.max')).toBe('channel (name)')
  expect(scopeOf('participants.per.conversation.max')).toBe('conversation (name)')
  expect(scopeOf('things.per.org.max')).toBe('organisation (name)')
})

test('reads whose requests a rate counts from what stands before it', () => {
  expect(scopeOf('token.rate.per.minute')).toBe('token (name)')
  expect(scopeOf('client.credentials.token.rate.per.minute')).toBe('token (name)')
  expect(scopeOf('org.app.user.rate.per.minute')).toBe('user and app (name)')
  expect(scopeOf('org.user.rate.per.minute')).toBe('user (name)')
  expect(scopeOf('org.rate.per.minute')).toBe('organisation (name)')
})

test('takes a size for that of one thing', () => {
  expect(scopeOf('request.bytes.max')).toBe('request (name)')
  expect(scopeOf('actions.function.response.bytes.max')).toBe('response (name)')
})

test('takes a unit of time for nobody', () => {
  expect(scopeOf('details.jobs.rate.per.second')).toBe('organisation, by its name (guess)')
})

test('asks the documentation where the name is silent', () => {
  expect(scopeOf('jobs.max', 'Jobs for each user at one time')).toBe('user (documentation)')
  expect(scopeOf('jobs.max', 'Jobs of the organization')).toBe('organisation, by its name (guess)')
  expect(scopeOf('jobs.max', 'Jobs per organization')).toBe('organisation (documentation)')
})

test('takes the name before the documentation, and no side where the documentation names two', () => {
  expect(scopeOf('jobs.per.queue.max', 'Jobs per user')).toBe('queue (name)')
  expect(scopeOf('jobs.max', 'Jobs per user and per queue')).toMatch(/guess/)
})

test('guesses the organisation for names that make no sense', () => {
  for (const key of ['', 'per', 'bytes', 'rate.per.minute', '.', 'per.and'])
    expect(keyScope({ namespace: '', key }).words).not.toBe('')
})
