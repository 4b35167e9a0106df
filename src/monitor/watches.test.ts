import { expect, test, vi } from 'vitest'
import { orgId } from '#domain/units.ts'
import { organisationConfig, type OrganisationConfig } from '#sources/config/tidemarkConfig.ts'
import { createSteeredClock } from '#testing/steeredClock.ts'
import { stillMonitor } from '#testing/stillMonitor.ts'
import { wellFacts } from '#testing/wellFacts.ts'
import { createWatches, LATE_MS, type Watched } from './watches.ts'

const configOf = (name: string) =>
  organisationConfig({ id: orgId(name), name, domain: 'mypurecloud.de' })

function setup(reach: (name: string) => void | Promise<void> = () => undefined) {
  const clock = createSteeredClock()
  const known = new Map(['a', 'b', 'c', 'd'].map((name) => [orgId(name), configOf(name)]))
  const begun: string[] = []
  const stopped: string[] = []
  const changed = vi.fn()
  async function begin({ id, name }: OrganisationConfig): Promise<Watched> {
    begun.push(name)
    await reach(name)
    const organisation = { ...wellFacts().organisation, id, name }
    const monitor = {
      ...stillMonitor(clock.now(), { organisation }),
      stop: async () => void stopped.push(name),
    }
    return { organisation, monitor }
  }
  const watches = createWatches({
    begin,
    configOf: (id) => known.get(id) ?? null,
    clock,
    timer: clock.timer,
    changed,
  })
  const kinds = () =>
    Object.fromEntries([...watches.states()].map(([id, state]) => [id, state.kind]))
  return { clock, watches, known, begun, stopped, changed, kinds }
}

const never = () => new Promise<void>(() => undefined)
const enqueueAll = ({ watches, known }: ReturnType<typeof setup>) => {
  for (const id of known.keys()) watches.enqueue(id)
}

test('organisations are started one after another, in their order', async () => {
  const all = setup()
  enqueueAll(all)
  expect(all.begun).toEqual(['a'])
  expect(all.kinds()).toEqual({ a: 'starting', b: 'queued', c: 'queued', d: 'queued' })
  await all.clock.advance(0)
  expect(all.begun).toEqual(['a', 'b', 'c', 'd'])
  expect(all.kinds()).toEqual({ a: 'watched', b: 'watched', c: 'watched', d: 'watched' })
})

test('one that throws is failed with its reason, and the others do not wait', async () => {
  const all = setup((name) => {
    if (name === 'b') throw new Error('no service workers here')
  })
  enqueueAll(all)
  await all.clock.advance(0)
  expect(all.kinds()).toEqual({ a: 'watched', b: 'failed', c: 'watched', d: 'watched' })
  expect(all.watches.states().get(orgId('b'))).toEqual({
    kind: 'failed',
    since: all.clock.now(),
    reason: 'no service workers here',
  })
})

test('one that hangs takes less than a second from the others, and is told of when it is late', async () => {
  const all = setup((name) => (name === 'b' ? never() : undefined))
  enqueueAll(all)
  await all.clock.advance(300)
  expect(all.kinds()).toEqual({ a: 'watched', b: 'starting', c: 'watched', d: 'watched' })
  await all.clock.advance(LATE_MS)
  expect(all.watches.states().get(orgId('b'))).toMatchObject({ kind: 'starting', isLate: true })
})

test('one that somebody opens does not wait for its turn', async () => {
  const all = setup((name) => (name === 'a' ? never() : undefined))
  enqueueAll(all)
  const { monitor } = await all.watches.start(configOf('c'))
  expect(monitor.facts().organisation.name).toBe('c')
  expect(all.kinds()).toMatchObject({ b: 'queued', c: 'watched' })
  await all.clock.advance(300)
  expect(all.begun).toEqual(['a', 'c', 'b', 'd'])
})

test('a failed one is started anew by the next attempt', async () => {
  let isDown = true
  const all = setup(() => {
    if (isDown) throw new Error('down')
  })
  await expect(all.watches.start(configOf('a'))).rejects.toThrow('down')
  isDown = false
  await all.watches.start(configOf('a'))
  expect(all.kinds()).toEqual({ a: 'watched' })
})

test('one that is stopped while it hangs is not waited for, and ends when it answers at last', async () => {
  let answer: () => void = () => undefined
  const all = setup(
    () =>
      new Promise((resolve) => {
        answer = resolve
      }),
  )
  const started = all.watches.start(configOf('a'))
  await all.watches.stop(orgId('a'))
  expect(all.kinds()).toEqual({})
  answer()
  await started
  await all.clock.advance(0)
  expect(all.stopped).toEqual(['a'])
  expect(all.kinds()).toEqual({})
})

test('stopping one leaves the others as they are', async () => {
  const all = setup()
  enqueueAll(all)
  await all.clock.advance(0)
  const before = all.watches.states().get(orgId('b'))
  await all.watches.stop(orgId('a'))
  expect(all.stopped).toEqual(['a'])
  expect(all.watches.states().get(orgId('b'))).toBe(before)
})

test('what the settings have forgotten by its turn is left out', async () => {
  const all = setup()
  enqueueAll(all)
  all.known.delete(orgId('c'))
  await all.clock.advance(0)
  expect(all.begun).toEqual(['a', 'b', 'd'])
  expect(all.kinds()).not.toHaveProperty('c')
})

test('the next one waits until the history of the one before is read, but not for long', async () => {
  const all = setup()
  const { begun, clock } = all
  const reading = { ...wellFacts(), isLoadingHistory: true }
  const monitor = stillMonitor(clock.now(), reading)
  const watches = createWatches({
    begin: async (config) => {
      begun.push(config.name)
      return { organisation: reading.organisation, monitor }
    },
    configOf: (id) => all.known.get(id) ?? null,
    clock,
    timer: clock.timer,
    changed: all.changed,
  })
  for (const id of all.known.keys()) watches.enqueue(id)
  await clock.advance(0)
  expect(begun).toEqual(['a'])
  await clock.advance(300)
  expect(begun).toEqual(['a', 'b'])
  monitor.setFacts({ isLoadingHistory: false })
  await clock.advance(0)
  expect(begun).toEqual(['a', 'b', 'c', 'd'])
})
