import {
  type DurationMs,
  durationMs,
  type EpochMs,
  epochMs,
  HOUR_MS,
  later,
  type OrgId,
  SECOND_MS,
} from '#domain/units.ts'
import type { AskContext } from '../../polledSource.ts'
import type { History } from '../history.ts'
import { lookForReturn } from './lookForReturn.ts'
import { createPastBoard, type PastState } from './pastBoard.ts'
import { createPrometheusReader, type PrometheusReader } from './prometheusReader.ts'
import { withPrometheus } from './withPrometheus.ts'

/** Where the past of an organisation is read besides here. */
export type PastPlace = {
  url: string
  /** As the recorder names the organisation; null where it has the id it has here. */
  organisation: string | null
  /** Whether a feed brings what it has of the last hour by itself. */
  hasFeed: boolean
}

/** How it stands with that, for screens. */
export type Past = {
  state: (org: OrgId) => PastState
  subscribe: (listener: () => void) => () => void
  /** The next reading asks at once, also a server that could not be reached a moment ago. */
  again: (org: OrgId) => void
  /** Looks now and then whether a server that failed answers, and calls where it does; gives what stops it. */
  whenBack: (org: OrgId, onBack: () => void) => () => void
}

type Options = {
  history: History
  /** What the settings say now; null: read here alone. */
  placeOf: (org: OrgId) => PastPlace | null
  fetch: AskContext['fetch']
  now: () => EpochMs
  after: (ms: DurationMs, run: () => void) => () => void
}

type Known = { key: string; history: History; reader: PrometheusReader }

/** Many readings follow each other, e.g. day by day: one that is down keeps the first of them waiting. */
const REST_MS = durationMs(30 * SECOND_MS)

/**
 * The history of a page: each organisation's past is read here, and from its Prometheus where the settings
 * say so at that moment. Whoever reads it need not know.
 */
export function createHistoryPerOrganisation(options: Options): { history: History; past: Past } {
  const { history, placeOf, fetch, now, after } = options
  const board = createPastBoard(after)
  const known = new Map<OrgId, Known>()

  function historyOf(org: OrgId): History {
    const place = placeOf(org)
    const key = JSON.stringify(place)
    const before = known.get(org)
    if (before?.key === key) return before.history
    known.delete(org)
    board.forget(org)
    if (!place) return history
    const made = historyAt(place)
    known.set(org, { key, ...made })
    return made.history
  }

  function historyAt({ url, organisation, hasFeed }: PastPlace) {
    const reader = createPrometheusReader({
      baseUrl: url,
      fetch,
      now,
      restMs: REST_MS,
      ...(organisation === null ? {} : { organisation: () => organisation }),
    })
    // What it tells of the last hour would be counted a second time.
    const until = () => (hasFeed ? later(now(), -1 * HOUR_MS) : epochMs(Infinity))
    return { history: withPrometheus({ history, reader, board, until }), reader }
  }

  return {
    history: {
      ...history,
      read: (org, ...wanted) => historyOf(org).read(org, ...wanted),
      readSummaries: (org, ...wanted) => historyOf(org).readSummaries(org, ...wanted),
      here: (org) => (placeOf(org) ? history : null),
    },
    past: {
      state: board.state,
      subscribe: board.subscribe,
      again: (org) => known.get(org)?.reader.again(),
      whenBack: (org, onBack) =>
        lookForReturn(
          { answers: async () => (await known.get(org)?.reader.answers()) ?? false, after },
          onBack,
        ),
    },
  }
}
