import { expect, test } from 'vitest'
import { scenarioNamed } from '../scenarios.ts'
import type { ScenarioName } from '../scenarios/scenario.ts'
import { connectionSecond } from './connections.ts'
import { MEDIA, queuesOf } from './queues.ts'
import { NO_SERVICE, serviceOfBoth, serviceWithin, SERVICE_STEP_SEC } from './service.ts'
import { createWorld, FIRST_SEC } from './world.ts'

const world = (name: ScenarioName, seed = 42) =>
  createWorld(scenarioNamed(name)!, seed, 1_795_414_000_000)

const voiceWithin = (w: ReturnType<typeof world>, from: number, to: number) =>
  queuesOf(w)
    .map(({ index }) => serviceWithin(w, { from, to }, index, 'voice'))
    .reduce(serviceOfBoth, NO_SERVICE)

test('who came was answered or gave up, and who was late was answered', () => {
  const w = world('limit-raised')
  for (const { index } of queuesOf(w))
    for (const media of MEDIA) {
      const service = serviceWithin(w, { from: FIRST_SEC, to: 0 }, index, media)
      expect(service.offered).toBe(service.answered + service.abandoned)
      expect(service.late).toBeLessThanOrEqual(service.answered)
      expect(service.offered).toBeGreaterThan(0)
    }
})

test('two stretches are as much as the whole of both', () => {
  const w = world('quiet')
  const whole = serviceWithin(w, { from: -1800, to: -13 }, 0, 'voice')
  const parts = [
    serviceWithin(w, { from: -1800, to: -601 }, 0, 'voice'),
    serviceWithin(w, { from: -601, to: -13 }, 0, 'voice'),
  ]
  expect(parts.reduce(serviceOfBoth, NO_SERVICE)).toEqual(whole)
})

test.each([1, 2, 3, 42, 99])(
  'callers wait longer and give up more often while the limit refuses (seed %i)',
  (seed) => {
    const w = world('limit-raised', seed)
    let refusing = NO_SERVICE
    let ordinary = NO_SERVICE
    for (let from = FIRST_SEC; from < 3600; from += SERVICE_STEP_SEC) {
      const service = voiceWithin(w, from, from + SERVICE_STEP_SEC)
      if (connectionSecond(w, from).refused > 0) refusing = serviceOfBoth(refusing, service)
      else ordinary = serviceOfBoth(ordinary, service)
    }
    const wait = ({ answerWaitMs, answered }: typeof refusing) => answerWaitMs / answered
    const abandoned = ({ abandoned: gone, offered }: typeof refusing) => gone / offered
    expect(wait(refusing)).toBeGreaterThan(1.3 * wait(ordinary))
    expect(abandoned(refusing)).toBeGreaterThan(1.3 * abandoned(ordinary))
  },
)

test('as many come per hour as those in hand and the time for each make', () => {
  // 46 calls at a time of four minutes each.
  expect(voiceWithin(world('quiet'), FIRST_SEC, 0).offered).toBeGreaterThan(0.9 * 690)
  expect(voiceWithin(world('quiet'), FIRST_SEC, 0).offered).toBeLessThan(1.1 * 690)
})
