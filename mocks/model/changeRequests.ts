import type { SimSec } from '../scenarios/scenario.ts'
import { CONNECTION_LIMIT } from './limits.ts'
import type { World } from './world.ts'

const DAY_SEC = 86_400
const days = (count: number) => Math.round(count * DAY_SEC)

/** How long a request for connections was under way before its limit came into force. */
const LEAD_SEC = 1500
const APPROVAL_LEAD_SEC = 600

export type RequestStatus =
  | 'Open'
  | 'Pending'
  | 'Approved'
  | 'Rejected'
  | 'ChangeImplemented'
  | 'Rollback'
  | 'RollbackImplemented'

/** A limit that somebody wanted changed, and what became of it. */
export type ChangeRequest = {
  namespace: string
  key: string
  /** The value when it was asked for. */
  from: number
  to: number
  description: string
  /** From the first on, oldest first. */
  history: readonly { at: SimSec; status: RequestStatus }[]
  rejectReason?: 'PlatformStability'
}

const CONCURRENT_ACTIONS = { namespace: 'dataactions', key: 'actions.concurrent.executions.max' }

/**
 * What every organisation asked for before the simulation began, in each state that a request can end in;
 * the first is older than the year that a list reaches back by itself.
 */
const STANDING: readonly ChangeRequest[] = [
  {
    namespace: 'dataactions',
    key: 'requests.volume.max',
    from: 2500,
    to: 3000,
    description: 'A second application executes data actions',
    history: [
      { at: -days(401), status: 'Open' },
      { at: -days(398), status: 'Approved' },
      { at: -days(396), status: 'ChangeImplemented' },
    ],
  },
  {
    namespace: 'audiohook',
    key: 'global.inbound.binary.max',
    from: 25,
    to: 50,
    description: 'Transcription of all calls',
    history: [
      { at: -days(205), status: 'Open' },
      { at: -days(203), status: 'Approved' },
      { at: -days(200), status: 'ChangeImplemented' },
    ],
  },
  {
    namespace: 'analytics',
    key: 'details.jobs.rate.per.second',
    from: 5,
    to: 20,
    description: 'Nightly export',
    history: [
      { at: -days(63), status: 'Open' },
      { at: -days(62), status: 'Approved' },
      { at: -days(60), status: 'ChangeImplemented' },
      { at: -days(58.5), status: 'Rollback' },
      { at: -days(58), status: 'RollbackImplemented' },
    ],
  },
  {
    namespace: 'platform.api',
    key: 'token.rate.per.minute',
    from: 300,
    to: 600,
    description: 'The reporting tool polls too often',
    history: [
      { at: -days(21), status: 'Open' },
      { at: -days(19.6), status: 'Rejected' },
    ],
    rejectReason: 'PlatformStability',
  },
  {
    ...CONCURRENT_ACTIONS,
    from: 50,
    to: 75,
    description: 'Data actions wait in the evening',
    history: [
      { at: -days(8.2), status: 'Open' },
      { at: -days(7), status: 'Approved' },
      { at: -days(6.1), status: 'ChangeImplemented' },
    ],
  },
  {
    ...CONCURRENT_ACTIONS,
    from: 75,
    to: 100,
    description: 'Data actions still wait on Mondays',
    history: [
      { at: -days(1.6), status: 'Open' },
      { at: -days(1.2), status: 'Pending' },
    ],
  },
]

/** Each step of the scenario's limit but the first was asked for, approved, and then made. */
const forConnections = ({ scenario: { limits } }: World): ChangeRequest[] =>
  limits.slice(1).map((step, index) => ({
    ...CONNECTION_LIMIT,
    from: limits[index]!.value,
    to: step.value,
    description: 'Connections were refused during a load test',
    history: [
      { at: step.from - LEAD_SEC, status: 'Open' },
      { at: step.from - APPROVAL_LEAD_SEC, status: 'Approved' },
      { at: step.from, status: 'ChangeImplemented' },
    ],
  }))

/** A request as it stands at an instant; `place` tells it apart from all others. */
export type StandingRequest = ChangeRequest & { place: number }

/**
 * The requests that were made by a second, oldest first, each with its history until then. With real
 * sockets the scenario's limit of connections is not played, nor what was asked about it.
 */
export function changeRequestsAt(
  world: World,
  sec: SimSec,
  { areSocketsReal }: { areSocketsReal: boolean },
): StandingRequest[] {
  return [...STANDING, ...(areSocketsReal ? [] : forConnections(world))].flatMap(
    (request, place) => {
      const history = request.history.filter(({ at }) => at <= sec)
      return history.length > 0 ? [{ ...request, history, place }] : []
    },
  )
}
