/** The ten stories a simulated organisation can tell (design §8). */
export type ScenarioName =
  | 'quiet'
  | 'ramp-to-limit'
  | 'leaking-app'
  | 'retry-storm'
  | 'limit-raised'
  | 'not-capacity'
  | 'auth-expiry'
  | 'rate-limited'
  | 'flapping-network'
  | 'auto-scaling'

/** Seconds since the simulation's start; negative in the hour of the past that comes with it. */
export type SimSec = number

/** A load test that goes on for ever in runs of iterations: ramp, hold, drain, rest. */
export type LoadPlan = {
  firstIterationAt: SimSec
  periodSec: number
  rampSec: number
  holdSec: number
  drainSec: number
  /**
   * After so many iterations the tested application is restarted, which releases what it leaked.
   */
  iterationsPerRun: number
  /** Number of the first run on its marker. */
  firstRun: number
  /** Connections that each iteration adds on top of its floor, taken in turn. */
  peaks: readonly number[]
  /** Connections that an iteration does not give back. */
  leakPerIteration: number
}

/** From when a limit holds, and who says so. */
export type LimitPlanStep = { from: SimSec; value: number; source: string }

/**
 * A limit of the registry that has another value from an instant on, without a change request: planted, so
 * that its detection can be scored. `organisation`: the value in force alone; `platform`: the default,
 * and the value in force with it.
 */
export type RegistryChange = {
  at: SimSec
  namespace: string
  key: string
  value: number
  of: 'organisation' | 'platform'
}

/** Sockets that break together, again and again. */
export type DropPlan = {
  firstAt: SimSec
  everySec: number
  /** Share of the open sockets that break. */
  share: number
  /** Within how many seconds they break, and within how many they are back. */
  breakSec: number
  recoverSec: number
}

export type ErrorKind = 'capacity' | 'rate' | 'auth' | 'server' | 'network' | 'socket'

/** What kind of attempt fails, and how. */
export type Failure = {
  class: ErrorKind
  status: number | null
  route: string
  app: string
}

/** Failures that come in windows of their own, whatever the load. */
export type Burst = Failure & {
  firstAt: SimSec
  everySec: number
  lengthSec: number
  perSec: number
}

/** Single failures now and then, as every organisation has them. */
export type Scattered = Failure & { perHour: number }

/** A capacity for calls and call sessions from an instant of a cycle on. */
export type CapacityStep = { from: SimSec; calls: number; sessions: number }

/** Calls swing between base − swing and base + swing. */
export type CallPlan = {
  base: number
  swing: number
  swingSec: number
  sessionsPerCall: number
  /** The first step begins at 0 of each cycle. */
  capacity: readonly CapacityStep[]
  cycleSec: number
}

/** What is true by construction, so that detection can be scored. */
export type Truth = {
  /** Of the hour before the start and the minutes after it, for connections. */
  verdict: 'capacity-bound' | 'not-capacity-bound'
  leakPerIteration: number | null
  /**
   * The floor of a run at which a leak may first be suspected, and the one at which it is certain.
   */
  leakFloors: { suspected: number; certain: number } | null
  /** Refused clients come back every so many seconds, all at once. */
  stormGapSec: number | null
  /** Whether raising the limit took the refusals away, each time. */
  raise: 'worked' | null
  /** The class of the errors that the story is about; null where it is about none. */
  explainedBy: ErrorKind | null
}

export type Scenario = {
  name: ScenarioName
  title: string
  /** One line for the first screen. */
  description: string
  organisation: string
  /** Connections that stay whatever the load test does. */
  baseline: number
  load: LoadPlan | null
  limits: readonly LimitPlanStep[]
  /** Other limits that change while the simulation runs, oldest first. */
  registryChanges: readonly RegistryChange[]
  /** How long a refused client waits before it tries again. */
  retryEverySec: number
  /** All refused clients try again at the same second. */
  isStorm: boolean
  /** The feed tells clients apart, as an instrumented application can. */
  identifiesClients: boolean
  /** The feed also tells what the tested application itself takes for open. */
  countsClientSide: boolean
  drops: DropPlan | null
  bursts: readonly Burst[]
  scattered: readonly Scattered[]
  calls: CallPlan
  /** Capacity of the customer's own Edges; null where all telephony is in the cloud. */
  premises: { calls: number; sessions: number } | null
  /** When the feed itself could not count. */
  feedGaps: readonly { from: SimSec; to: SimSec }[]
  tokenLifetimeSec: number
  /** When other clients use up the API allowance, so that calls are answered 429. */
  apiCrowded: { firstAt: SimSec; everySec: number; lengthSec: number } | null
  /** Permissions that the signed-in user lacks. */
  missingPermissions: readonly string[]
  truth: Truth
}

/** The hour of the past that every simulation begins with. */
export const BACKLOG_SEC = 3600

const DAY_SEC = 86_400
const ITERATION = { periodSec: 450, rampSec: 75, holdSec: 225, drainSec: 30 }

/** Eight iterations in the hour before the start; the ninth begins with it. */
export const LOAD_TEST: LoadPlan = {
  ...ITERATION,
  firstIterationAt: -BACKLOG_SEC,
  iterationsPerRun: 14,
  firstRun: 7,
  peaks: [500],
  leakPerIteration: 0,
}

/** An ordinary afternoon, on which each scenario writes its own story. */
export const ORDINARY = {
  baseline: 40,
  load: null,
  limits: [{ from: -BACKLOG_SEC, value: 1000, source: 'configured limit' }],
  registryChanges: [],
  retryEverySec: 45,
  isStorm: false,
  identifiesClients: false,
  countsClientSide: false,
  drops: null,
  bursts: [],
  scattered: [
    {
      class: 'rate',
      status: 429,
      route: 'POST /api/v2/analytics/conversations/activity/query',
      app: 'reporting',
      perHour: 3,
    },
    { class: 'auth', status: 401, route: 'GET /api/v2/users/me', app: 'softphone', perHour: 2 },
    {
      class: 'server',
      status: 500,
      route: 'GET /api/v2/conversations/{id}',
      app: 'crm',
      perHour: 1,
    },
    { class: 'network', status: null, route: 'GET /api/v2/stations', app: 'softphone', perHour: 2 },
    { class: 'socket', status: null, route: 'WS /channels/{id}', app: 'softphone', perHour: 9 },
  ],
  calls: {
    base: 400,
    swing: 40,
    swingSec: 5400,
    sessionsPerCall: 1.85,
    capacity: [{ from: 0, calls: 1000, sessions: 1000 }],
    cycleSec: DAY_SEC,
  },
  premises: null,
  feedGaps: [],
  tokenLifetimeSec: DAY_SEC,
  apiCrowded: null,
  missingPermissions: [],
  truth: {
    verdict: 'not-capacity-bound',
    leakPerIteration: null,
    leakFloors: null,
    stormGapSec: null,
    raise: null,
    explainedBy: null,
  },
} satisfies Partial<Scenario>

/**
 * What follows for a leak that is far larger than the noise: of four rising floors the chance is
 * one in 24, of five one in 120 (evidence-methods §3).
 */
export const LEAK_FLOORS = { suspected: 4, certain: 5 }

/** 503s below the limit, which every verdict must be able to stand. */
export const STRAY_503: readonly Scattered[] = [
  { class: 'capacity', status: 503, route: 'GET /api/v2/stations', app: 'softphone', perHour: 5 },
  { class: 'capacity', status: 503, route: 'GET /api/v2/users/me', app: 'load test', perHour: 4 },
]
