import { type DurationMs, type EpochMs, later, type SourceId } from '#domain/units.ts'
import type { SourceError } from '#sources/sourceError.ts'
import type { Clock, Timer } from './clock.ts'
import {
  beginTurn,
  countFailure,
  endWithReply,
  hastenRetry,
  type Job,
  newJob,
  restartJob,
  retryAfter,
  shiftJob,
  skipTicks,
} from './job.ts'
import { type Reaction, reactionTo } from './reaction.ts'

/** Who has waited longest for the request budget goes first: else the first sources of a list take all of it. */
const dueSince = (job: Job) => job.waitsSince ?? job.nextAt!

/** How a turn ended. `again`: it says nothing (the token changed meanwhile); ask anew. */
export type TurnResult =
  | { kind: 'replied' }
  | { kind: 'failed'; error: SourceError }
  | { kind: 'again' }

export type ScheduledSource = { id: SourceId; everyMs: DurationMs; usesToken: boolean }

export type SchedulerOptions = {
  clock: Clock
  timer: Timer
  random: () => number
  sources: readonly ScheduledSource[]
  /** Where the ticks of a source go on, e.g. those of a tab that left; otherwise it starts anew. */
  firstAt?: (source: SourceId) => EpochMs | null
  /** False while nobody is signed in: sources with a token wait. */
  hasToken: boolean
  /** Asks once. Never rejects. */
  turn: (source: SourceId, dueAt: EpochMs) => Promise<TurnResult>
  /** How long a source must wait for the request budget; 0 when it may go now. */
  budgetWaitMs: (source: SourceId) => number
  /** Hears what a failure led to, before `changed`. */
  reacted: (source: SourceId, error: SourceError, reaction: Reaction) => void
  /** Hears that `plan` says something new of a source. */
  changed: (source: SourceId) => void
  /** Hears that the clock was set or the machine slept. */
  clockJumped: () => void
}

/** What is planned for a source. */
export type Plan = { nextAt: EpochMs | null; skippedTicks: number }

/** First turns are this far apart, so that a start is no burst; a turn that said nothing is never repeated faster. */
const STAGGER_MS = 150
/** What is asked again after an outage is spread over this long: many pages hear of its end at once. */
const COMEBACK_MS = 1_000
/** Looks at the clock at least this often: a long-term plan must not hang on one timer. */
const LONGEST_SLEEP_MS = 30_000
/** A timer never comes early; when it seems to, the clock was set back. */
const SET_BACK_MS = 1_000
/** Later than a hidden tab's timer (one a minute) can be: the machine slept or the clock was set. */
const SLEPT_MS = 90_000

/**
 * Decides when each source is asked. Due times are absolute (start + n × interval): neither slow
 * replies nor late timers add up to a drift. A tick that meets its own running turn is skipped and
 * counted; ticks missed by a late timer, a sleeping machine or a clock set forward are not made up
 * for. When the clock is set back, the plan is moved with it, so that nothing waits for a time that
 * has been before. Waits (Retry-After, back-off, budget) move a source's next turn only.
 */
export function createScheduler(options: SchedulerOptions) {
  const { clock, timer, random, changed } = options
  const jobs = new Map<SourceId, Job>()
  let tokenPausedUntil = -Infinity as EpochMs
  let hasToken = options.hasToken
  let cancel: () => void = () => undefined
  let armedAt = clock.now()
  let expectedAt = armedAt
  let isStopped = false

  const all = () => [...jobs.values()]

  function arm() {
    cancel()
    if (isStopped) return
    const now = clock.now()
    if (now < armedAt - SET_BACK_MS) followJump(now - armedAt, now)
    const nextAt = Math.min(Infinity, ...all().map((job) => job.nextAt ?? Infinity))
    const delayMs = Math.min(Math.max(0, nextAt - now), LONGEST_SLEEP_MS)
    armedAt = now
    expectedAt = later(now, delayMs)
    cancel = timer.after(delayMs, wake)
  }

  function wake() {
    if (isStopped) return
    const now = clock.now()
    const lateMs = now - expectedAt
    if (lateMs < -SET_BACK_MS || lateMs > SLEPT_MS) followJump(lateMs, now)
    const due = all().filter((job) => job.nextAt !== null && job.nextAt <= now)
    for (const job of due.sort((a, b) => dueSince(a) - dueSince(b))) tick(job, now)
    arm()
  }

  function tick(job: Job, now: EpochMs) {
    if (job.isRunning) {
      skipTicks(job, now)
      changed(job.id)
      return
    }
    const waitMs = options.budgetWaitMs(job.id)
    if (waitMs > 0) {
      job.waitsSince ??= job.nextAt
      job.nextAt = later(now, waitMs)
      return
    }
    void run(job, now)
  }

  async function run(job: Job, now: EpochMs) {
    const dueAt = job.nextAt ?? now
    beginTurn(job, now)
    const result = await options.turn(job.id, dueAt)
    if (isStopped) return
    job.isRunning = false
    finish(job, result)
    changed(job.id)
    arm()
  }

  function finish(job: Job, result: TurnResult) {
    const now = clock.now()
    if (job.usesToken && !hasToken) {
      job.nextAt = null
      return
    }
    if (result.kind === 'again') job.nextAt = later(now, STAGGER_MS)
    else if (result.kind === 'replied') succeed(job, now)
    else fail(job, result.error, now)
    if (job.usesToken) waitForPause(job)
  }

  /** One call that gets through again speaks for all that go to the same server. */
  function succeed(job: Job, now: EpochMs) {
    const isBack = job.isUnreachable && job.usesToken
    endWithReply(job, now)
    if (isBack) hasten((other) => other.usesToken)
  }

  function hasten(concerns: (job: Job) => boolean) {
    const now = clock.now()
    for (const job of all().filter(concerns)) {
      const isSooner = hastenRetry(job, later(now, random() * COMEBACK_MS))
      if (job.usesToken) waitForPause(job)
      if (isSooner) changed(job.id)
    }
  }

  function fail(job: Job, error: SourceError, now: EpochMs) {
    const { usesToken, everyMs } = job
    const failuresInRow = countFailure(job, error)
    const reaction = reactionTo({ error, usesToken, everyMs, failuresInRow }, random)
    switch (reaction.kind) {
      case 'signedOut':
        signOut()
        break
      case 'off':
        job.nextAt = reaction.retryMs === null ? null : later(now, reaction.retryMs)
        break
      case 'pause':
        job.nextAt = later(now, reaction.waitMs)
        if (usesToken) pauseToken(later(now, reaction.waitMs))
        break
      case 'retry':
        retryAfter(job, now, reaction.waitMs)
    }
    options.reacted(job.id, error, reaction)
  }

  function pauseToken(until: EpochMs) {
    if (until <= tokenPausedUntil) return
    tokenPausedUntil = until
    for (const job of all()) if (job.usesToken && waitForPause(job)) changed(job.id)
  }

  /** Puts off what would be asked while the token is paused; the budget spreads what then comes at once. */
  function waitForPause(job: Job): boolean {
    if (job.nextAt === null || job.nextAt >= tokenPausedUntil) return false
    job.nextAt = tokenPausedUntil
    return true
  }

  function signOut() {
    hasToken = false
    for (const job of all()) {
      if (!job.usesToken) continue
      job.nextAt = null
      changed(job.id)
    }
  }

  function followJump(byMs: number, now: EpochMs) {
    armedAt = now
    if (byMs < 0) {
      for (const job of all()) shiftJob(job, byMs)
      tokenPausedUntil = later(tokenPausedUntil, byMs)
    } else {
      const late = all().filter((job) => job.nextAt !== null && job.nextAt <= now)
      late.forEach((job, i) => restartJob(job, later(now, i * STAGGER_MS)))
    }
    options.clockJumped()
    for (const job of all()) changed(job.id)
  }

  options.sources.forEach(({ id, everyMs, usesToken }, i) => {
    const job = newJob(id, everyMs, usesToken, later(clock.now(), i * STAGGER_MS))
    const goesOnAt = options.firstAt?.(id) ?? null
    if (goesOnAt !== null) restartJob(job, goesOnAt)
    if (usesToken && !hasToken) job.nextAt = null
    jobs.set(id, job)
  })
  arm()

  return {
    /** Asks a source now (also one that is off); a pause of the token and a missing sign-in still hold. */
    tryNow(id: SourceId) {
      const job = jobs.get(id)
      if (!job || job.isRunning || (job.usesToken && !hasToken)) return
      job.nextAt = clock.now()
      if (job.usesToken) waitForPause(job)
      changed(id)
      arm()
    },
    /** A token is there: what waited for one starts. */
    signIn() {
      if (hasToken) return
      hasToken = true
      const waiting = all().filter((job) => job.usesToken)
      waiting.forEach((job, i) => {
        job.failuresInRow = 0
        restartJob(job, later(clock.now(), i * STAGGER_MS))
        waitForPause(job)
        changed(job.id)
      })
      arm()
    },
    /** This machine is on a network again: what got no reply is asked soon, and not first after its back-off. */
    retryUnreachable() {
      hasten(() => true)
      arm()
    },
    signOut,
    plan(id: SourceId): Plan {
      const job = jobs.get(id)
      return { nextAt: job?.nextAt ?? null, skippedTicks: job?.skippedTicks ?? 0 }
    },
    /** Nothing is asked any more, and what running turns bring is not heard. */
    stop() {
      isStopped = true
      cancel()
    },
  }
}
