import { expect, test } from 'vitest'
import { epochMs } from '#domain/units.ts'
import { addressesOf } from '#sources/genesys/addresses.ts'
import { PROBE_IDS } from '#sources/genesys/probes/probe.ts'
import { createProbeStore } from '#sources/genesys/probes/probeStore.ts'
import { hanging, ORGANISATION, setupMonitor } from '#testing/monitorSetup.ts'
import { settled } from '#testing/steeredClock.ts'
import { createProbeDesk, type ProbeDeskState } from './probeDesk.ts'

function setup({ setItem }: { setItem?: () => void } = {}) {
  const steered = setupMonitor()
  const kept = new Map<string, string>()
  const store = createProbeStore({
    getItem: (key) => kept.get(key) ?? null,
    setItem: setItem ?? ((key, value) => void kept.set(key, value)),
    removeItem: (key) => void kept.delete(key),
  })
  const connection = {
    org: ORGANISATION.id,
    addresses: addressesOf('mypurecloud.de'),
    clientId: 'c',
    tokens: steered.tokens,
  }
  const open = () =>
    createProbeDesk({
      org: ORGANISATION.id,
      monitor: steered.monitor,
      connection,
      store,
      timer: steered.timer,
    })
  const desk = open()
  const seen: ProbeDeskState[] = []
  desk.subscribe(() => seen.push(desk.state()))
  return { ...steered, desk, open, seen }
}

test('a run tells how far it has come, and its results outlive the page', async () => {
  const { advance, desk, open, seen } = setup()
  void desk.run()
  await advance(60_000)
  expect(desk.state().run).toBeNull()
  expect([...desk.state().results.keys()]).toEqual([...PROBE_IDS])
  const progress = seen.flatMap(({ run }) => (run?.current ? [`${run.done} ${run.current}`] : []))
  expect(progress.slice(0, 3)).toEqual(['0 P1', '1 P2', '2 P3'])
  expect(progress.at(-1)).toBe('9 P13')
  expect(open().state().results).toEqual(desk.state().results)
})

test('one probe alone is run alone, and a second run waits for nobody: there is none', async () => {
  const { advance, desk, network } = setup()
  void desk.run(['P11'])
  void desk.run()
  await advance(5_000)
  expect([...desk.state().results.keys()]).toEqual(['P11'])
  expect(new Set(network.asked.map(({ path }) => path))).toEqual(
    new Set(['api/v2/telephony/providers/edges/phones']),
  )
})

test('a probe that hangs ends after its time-out, and the others are run', async () => {
  const { advance, desk, network } = setup()
  network.answer('api/v2/organizations/limits/docs', hanging)
  void desk.run()
  await advance(80_000)
  expect(desk.state().results.get('P1')).toMatchObject({ state: 'failed', tookMs: 15_000 })
  expect(desk.state().results.size).toBe(10)
})

test('called off, it keeps what has ended and can be run again', async () => {
  const { advance, desk, network } = setup()
  network.answer('api/v2/organizations/limits/namespaces', hanging)
  void desk.run()
  await advance(1_000)
  expect(desk.state().run).toMatchObject({ done: 1, current: 'P2' })
  desk.callOff()
  await settled()
  expect(desk.state()).toMatchObject({ run: null, notice: null })
  expect([...desk.state().results.keys()]).toEqual(['P1'])
  void desk.run(['P10'])
  await settled()
  expect(desk.state().results.get('P10')!.state).toBe('works')
})

test('a monitor that stops ends the run, and that is said', async () => {
  const { desk, monitor, network } = setup()
  network.answer('api/v2/organizations/limits/docs', hanging)
  void desk.run()
  await settled()
  await monitor.stop()
  await settled()
  expect(desk.state().run).toBeNull()
  expect(desk.state().notice).toMatch(/^The run broke off/)
})

test('signed out, each probe says so', async () => {
  const { advance, desk, tokens } = setup()
  tokens.set(null)
  void desk.run(['P1', 'P10'])
  await advance(1_000)
  const { results } = desk.state()
  expect(results.get('P1')).toMatchObject({
    state: 'failed',
    findings: ['Nobody is signed in to this organisation.'],
    at: epochMs(results.get('P1')!.at),
  })
  expect(results.get('P10')!.state).toBe('failed')
})

test('results that the browser does not keep are shown all the same', async () => {
  const { advance, desk } = setup({
    setItem: () => {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
    },
  })
  void desk.run(['P10'])
  await advance(1_000)
  expect(desk.state().results.get('P10')!.state).toBe('works')
  expect(desk.state().notice).toContain('The quota has been exceeded')
})
