import fc from 'fast-check'
import { expect, test } from 'vitest'
import { durationMs, epochMs, later, metricId, orgId } from '#domain/units.ts'
import { somePage, someProbeReport } from '#testing/someProbeReport.ts'
import { createProbeReception } from './probeReception.ts'
import { createProbeSource } from './probeSource.ts'

const T0 = Date.UTC(2026, 2, 2, 8)
const ORG = orgId('alder')
const EVERY_SEC = 10
const ATTEMPTS = metricId('probe.sameOrigin.websockets.attempts')
const OPEN = metricId('probe.sameOrigin.websockets.open')

/** Two tabs that hear the same reports; `ask` asks the source of one of them. */
function setup(aheadMs = 0) {
  let now = T0
  const clock = () => epochMs(now)
  const tabs = [0, 1].map(() => {
    const reception = createProbeReception({ now: clock, reportedTo: 'tab' })
    const source = createProbeSource(reception.expect(ORG, ['agent-desktop']))
    return { reception, source }
  })
  const context = {
    signal: new AbortController().signal,
    now: () => later(clock(), durationMs(aheadMs)),
    fetch: () => Promise.reject(new Error('nobody is asked')),
  }
  let attempts = 0
  let seq = 0
  return {
    wait: (seconds: number) => {
      now += seconds * 1_000
    },
    /** One document tries so many WebSockets, all of them refused. */
    tries: (count: number) => {
      attempts += count
      seq += 1
      const page = somePage({ attempts, refused: attempts, failedAgoMs: 0 })
      const text = JSON.stringify(someProbeReport(now, { seq, pages: [page] }))
      for (const { reception } of tabs) expect(reception.take(text).ok).toBe(true)
    },
    ask: async (tab: number) => {
      const { samples, errors } = await tabs[tab]!.source.ask(context)
      const valueOf = (id: string) =>
        samples.find(({ metric }) => metric === id)?.series.value[0] ?? Number.NaN
      const atMs = samples[0]?.series.timeMs[0]
      const refused = errors.reduce((sum, { count }) => sum + count, 0)
      return { attempts: valueOf(ATTEMPTS), open: valueOf(OPEN), refused, atMs, errors }
    },
  }
}

test('the sums of this origin are series of their own, beside those of a recorder', async () => {
  const { wait, tries, ask } = setup()
  tries(0)
  wait(15)
  const told = await ask(0)
  expect(told).toMatchObject({ open: 0, attempts: 0, atMs: T0 + 15_000 })
})

test('the next tab goes on where the one before has stopped, and tells nothing twice', async () => {
  const { wait, tries, ask } = setup()
  wait(EVERY_SEC)
  tries(3)
  await ask(0)
  wait(EVERY_SEC)
  tries(4)
  expect(await ask(0)).toMatchObject({ attempts: 4, refused: 4 })
  wait(4)
  tries(5)
  wait(6)
  expect(await ask(1)).toMatchObject({ attempts: 5, refused: 5 })
  wait(EVERY_SEC)
  expect(await ask(1)).toMatchObject({ attempts: 0, refused: 0 })
})

test('whichever tabs ask by turns, every attempt and every loss is told once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ tab: fc.nat({ max: 1 }), tried: fc.nat({ max: 9 }) }), {
        minLength: 5,
        maxLength: 25,
      }),
      async (turns) => {
        const { wait, tries, ask } = setup()
        wait(20)
        // A tab that leads goes on for a while: one that has just been asked has told what it knows.
        const led = turns.flatMap(({ tab, tried }) =>
          Array.from({ length: 4 }, () => ({ tab, tried })),
        )
        let told = 0
        let lost = 0
        let sum = 0
        for (const { tab, tried } of led) {
          wait(EVERY_SEC / 2)
          tries(tried)
          sum += tried
          wait(EVERY_SEC / 2)
          const { attempts, refused } = await ask(tab)
          told += attempts
          lost += refused
        }
        expect([told, lost]).toEqual([sum, sum])
      },
    ),
    { numRuns: 40 },
  )
})

test('samples and errors stand at the time of the organisation', async () => {
  const { wait, tries, ask } = setup(90_000)
  tries(0)
  wait(20)
  tries(2)
  const { atMs, errors } = await ask(0)
  expect(atMs).toBe(T0 + 110_000)
  expect(errors.map(({ at }) => at)).toEqual([T0 + 110_000])
})
