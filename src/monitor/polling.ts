import type { QueryClient } from '@tanstack/query-core'
import { type Observation, observation } from '#domain/observation.ts'
import { type DurationMs, type EpochMs, later, type OrgId, type SourceId } from '#domain/units.ts'
import { errorEventOf } from '#sources/errorEventOf.ts'
import type { PolledSource } from '#sources/polledSource.ts'
import type { SourceError } from '#sources/sourceError.ts'
import type { Clock, Timer } from './clock.ts'
import type { Intake } from './intake.ts'
import type { Door } from './observedFetch.ts'
import { isStop, poll, sourceErrorOf, STOPPED } from './poll.ts'
import type { Reaction } from './reaction.ts'
import { createScheduler, type TurnResult } from './scheduler.ts'
import type { SourceBoard } from './sourceBoard.ts'

/** A source and the way it asks. */
export type Asked = { source: PolledSource; door: Door; usesToken: boolean }

type Options = {
  queryClient: QueryClient
  org: OrgId
  clock: Clock
  timer: Timer
  random: () => number
  asked: readonly Asked[]
  hasToken: boolean
  board: SourceBoard
  intake: Intake
  /** What to add to the clock here for the organisation's time. */
  offsetMs: () => DurationMs
  /** Takes in what was observed; `source` where it is a reply. */
  record: (observation: Observation, source: SourceId | null) => void
  /** A call found no token, or one that the server refused. */
  tokenLost: (isRefused: boolean) => void
  clockJumped: () => void
}

/** A tab's time of asking: from taking the lead until handing it on. */
export type Polling = {
  tryNow: (source: SourceId) => void
  /** The machine is on a network again. */
  retryUnreachable: () => void
  signIn: () => void
  signOut: () => void
  /** Asks nothing more. What was asked is still heard, unless it is `abandoned`. */
  stop: (abandoned: boolean) => void
}

/** Asks every source at its ticks and hands on what came: replies, failures, gaps. */
export function startPolling(options: Options): Polling {
  const { queryClient, org, clock, timer, board, intake, record, offsetMs } = options
  const asked = new Map(options.asked.map((one) => [one.source.id, one]))
  /** What is under way, and whether it goes with the organisation's token. */
  const running = new Map<AbortController, boolean>()
  let isAbandoned = false

  const now = () => later(clock.now(), offsetMs())

  async function turn(id: SourceId, dueAt: EpochMs): Promise<TurnResult> {
    const { source, door, usesToken } = asked.get(id)!
    const controller = new AbortController()
    running.set(controller, usesToken)
    try {
      const reply = await poll({ queryClient, org, source, door, timer, now, controller })
      if (!isAbandoned) {
        record(reply, id)
        board.replied(id, now())
      }
      return { kind: 'replied' }
    } catch (error) {
      if (isStop(error)) return { kind: 'again' }
      const failure = sourceErrorOf(error, source)
      if (!isAbandoned) recordFailure(source, failure, dueAt)
      if (usesToken && failure.kind === 'unauthorised') loseToken(id, failure)
      return { kind: 'failed', error: failure }
    } finally {
      running.delete(controller)
    }
  }

  /** A missed poll is a gap in the gauges that were to come, and a failed attempt of our own. */
  function recordFailure(source: PolledSource, failure: SourceError, dueAt: EpochMs) {
    const event = errorEventOf(failure, now())
    const samples = intake.gapsAt(source.metrics, later(dueAt, offsetMs()))
    record(observation({ samples, errors: event ? [event] : [] }), null)
  }

  /** At once: the client has dropped the token already, and all that use it are to stop. */
  function loseToken(id: SourceId, failure: SourceError) {
    board.failed(id, failure, { kind: 'signedOut' }, now())
    options.tokenLost(failure.details.status === 401)
  }

  function reacted(id: SourceId, failure: SourceError, reaction: Reaction) {
    board.failed(id, failure, reaction, now())
    if (reaction.kind === 'pause') asked.get(id)!.door.budget.refused(reaction.waitMs)
  }

  function publish(id: SourceId) {
    const { nextAt, skippedTicks } = scheduler.plan(id)
    board.planned(id, { nextAt: nextAt === null ? null : later(nextAt, offsetMs()), skippedTicks })
  }

  /** Where a tab that left would have asked next, if that is still to come. */
  function firstAt(id: SourceId): EpochMs | null {
    const nextAt = board.all().find((status) => status.id === id)?.nextAt ?? null
    return nextAt === null || nextAt < now() ? null : later(nextAt, 0 - offsetMs())
  }

  function callOff(isMeant: (usesToken: boolean) => boolean) {
    for (const [controller, usesToken] of running) if (isMeant(usesToken)) controller.abort(STOPPED)
  }

  const scheduler = createScheduler({
    clock,
    timer,
    random: options.random,
    sources: options.asked.map(({ source: { id, everyMs }, usesToken }) => ({
      id,
      everyMs,
      usesToken,
    })),
    firstAt,
    hasToken: options.hasToken,
    turn,
    budgetWaitMs: (id) => asked.get(id)!.door.budget.waitMs(),
    reacted,
    changed: publish,
    clockJumped: options.clockJumped,
  })
  for (const id of asked.keys()) publish(id)

  return {
    tryNow: (source) => scheduler.tryNow(source),
    retryUnreachable: () => scheduler.retryUnreachable(),
    signIn: () => scheduler.signIn(),
    signOut() {
      scheduler.signOut()
      // Its answer would be a refusal, and say so of a sign-in that was ended on purpose.
      callOff((usesToken) => usesToken)
    },
    stop(abandoned) {
      scheduler.stop()
      isAbandoned = abandoned
      if (abandoned) callOff(() => true)
    },
  }
}
