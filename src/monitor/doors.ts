import type { PolledSource } from '#sources/polledSource.ts'
import { type Budget, createBudget } from './budget.ts'
import type { Clock, Timer } from './clock.ts'
import type { OrgClockCheck } from './clockCheck.ts'
import { createRequestCounter, type RequestCounter } from './footprint.ts'
import type { Door } from './observedFetch.ts'
import type { Footprint } from './orgFacts.ts'
import type { Asked } from './polling.ts'
import type { RateReading } from './rateReading.ts'

/** What was sent to an organisation's API lately, and what may be sent now. */
export type OwnLoad = { budget: Budget; counter: RequestCounter }

/** The load of an organisation nobody has asked yet. */
export const createOwnLoad = (options: { clock: Clock; timer: Timer }): OwnLoad => ({
  budget: createBudget(options),
  counter: createRequestCounter(options.clock),
})

type Options = {
  /** That of the monitor before, where an organisation is started again; new where left out. */
  ownLoad?: OwnLoad
  /** Asked with the organisation's token, and on its budget. */
  sources: readonly PolledSource[]
  /** Each has a door and a budget of its own: what the API asks for must not stop a feed. */
  feeds: readonly PolledSource[]
  fetch: Door['fetch']
  clock: Clock
  timer: Timer
  clockCheck: OrgClockCheck
  /** Hears what the API's replies tell of its rate limit. */
  heardRate: (reading: RateReading) => void
}

/** The ways out to the network of one organisation, and what went through them. */
export function createDoors({
  sources,
  feeds,
  fetch,
  clock,
  timer,
  clockCheck,
  heardRate,
  ownLoad = createOwnLoad({ clock, timer }),
}: Options) {
  const { budget, counter: apiCounter } = ownLoad
  const feedCounter = createRequestCounter(clock)
  const api: Door = { fetch, budget, counter: apiCounter, clock, clockCheck, heardRate }
  // Without an API, a feed's clock is all there is to compare with.
  const feedClockCheck = sources.length === 0 ? clockCheck : null
  const feedDoor = (): Door => ({
    fetch,
    budget: createBudget({ clock, timer }),
    counter: feedCounter,
    clock,
    clockCheck: feedClockCheck,
    heardRate: () => undefined,
  })
  const asked: readonly Asked[] = [
    ...feeds.map((source) => ({ source, door: feedDoor(), usesToken: false })),
    ...sources.map((source) => ({ source, door: api, usesToken: true })),
  ]

  return {
    /** Feeds first: they are what somebody waits for. */
    asked,
    /** Of the API: also where none of its sources is asked at present. */
    api,
    /** The API's budget. */
    budget,
    footprint: (): Footprint => ({
      requestsLastMinute: apiCounter.lastMinute(),
      feedRequestsLastMinute: feedCounter.lastMinute(),
      allowedPerMinute: budget.allowedPerMinute(),
      inFlight: budget.inFlight(),
      channels: 0,
    }),
  }
}
