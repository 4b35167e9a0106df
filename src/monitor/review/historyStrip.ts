import type { HistoryHours } from '#domain/incident/historyHours.ts'
import {
  historyPageOf,
  type HistorySpan,
  historySpan,
  OLDEST_PAGE,
} from '#domain/incident/historySpan.ts'
import { type EpochMs, HOUR_MS } from '#domain/units.ts'
import type { Timer } from '../clock.ts'
import { type HistoryHoursReader, readHistoryHours } from './historyReading.ts'
import { messageOf } from '../messageOf.ts'

/** One snapshot of a strip, new only when something changed. */
export type HistoryStripState = {
  /** Fourteen days each, counted back from the newest, 0. */
  page: number
  span: HistorySpan
  view: HistoryStripView
  /** Whether there may be anything on the page before. */
  hasEarlier: boolean
}

export type HistoryStripView =
  | { kind: 'reading' }
  /** `problem`: why there may be more than is shown; null where all was read. */
  | { kind: 'ready'; history: HistoryHours; problem: string | null }
  | { kind: 'failed'; message: string }

export type HistoryStrip = ReturnType<typeof createHistoryStrip>

type Options = HistoryHoursReader & { timer: Timer }

/**
 * A page of an organisation's history, hour by hour, outside React. Nothing is read until somebody
 * attends; then once, and again when asked, when another page is wanted, and when the hour changes.
 * One reading at a time: what is wanted meanwhile waits, and an answer that nobody waits for is dropped.
 */
export function createHistoryStrip(options: Options) {
  const { history, now, timer } = options
  const listeners = new Set<() => void>()
  let attending = 0
  let isReading = false
  let isWanted = true
  let beganAt: EpochMs | null = null
  let cancelHour: (() => void) | null = null
  let state: HistoryStripState = {
    page: 0,
    span: historySpan(now(), 0),
    view: { kind: 'reading' },
    hasEarlier: true,
  }

  function set(next: Partial<HistoryStripState>) {
    state = { ...state, ...next }
    for (const listener of listeners) listener()
  }

  function want() {
    isWanted = true
    if (attending > 0) void readWanted()
  }

  async function readWanted() {
    if (isReading) return
    isReading = true
    while (isWanted && attending > 0) {
      isWanted = false
      const span = historySpan(now(), state.page)
      const view = await viewOf(span)
      // Called off by what is wanted now.
      if (view && !isWanted) set({ span, view, hasEarlier: hasEarlier(span, view) })
    }
    isReading = false
  }

  async function viewOf(span: HistorySpan): Promise<HistoryStripView | null> {
    try {
      const isOver = () => isWanted
      const hours = await readHistoryHours(options, { span, beganAt, isOver })
      if (!hours) return null
      if (hours.keptFrom !== null && hours.keptFrom !== span.from) beganAt = hours.keptFrom
      const health = history.health()
      const problem = health.kind === 'memory' ? health.reason : null
      // What a failing store leaves out looks like nothing kept, and is not the same.
      if (problem !== null && hours.keptFrom === null) return { kind: 'failed', message: problem }
      return { kind: 'ready', history: hours, problem }
    } catch (error) {
      return { kind: 'failed', message: messageOf(error) }
    }
  }

  function hasEarlier(span: HistorySpan, view: HistoryStripView) {
    if (state.page >= OLDEST_PAGE) return false
    if (view.kind !== 'ready') return state.hasEarlier
    const { keptFrom } = view.history
    return keptFrom !== null && keptFrom <= span.from
  }

  /** Reads again as soon as there is a new hour. */
  function waitForHour() {
    cancelHour = timer.after(HOUR_MS - (now() % HOUR_MS), () => {
      want()
      waitForHour()
    })
  }

  function show(page: number) {
    const wanted = Math.min(OLDEST_PAGE, Math.max(0, page))
    if (wanted === state.page) return
    const span = historySpan(now(), wanted)
    const isAfterStart = beganAt === null || beganAt <= span.from
    set({
      page: wanted,
      span,
      view: { kind: 'reading' },
      hasEarlier: wanted < OLDEST_PAGE && isAfterStart,
    })
    want()
  }

  return {
    state: () => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    /** Somebody looks: reads what is not known, until the function that is given back is called. */
    attend: () => {
      attending += 1
      if (attending === 1) waitForHour()
      // An hour may have passed while nobody looked.
      const isNewest = state.span.to === historySpan(now(), state.page).to
      const isKnown = isReading || (state.view.kind === 'ready' && isNewest)
      if (isWanted || !isKnown) want()
      return () => {
        attending -= 1
        if (attending === 0) cancelHour?.()
      }
    },
    show,
    /** The page on which a window begins. */
    reveal: (at: EpochMs) => show(historyPageOf(at, now())),
    readAgain: () => {
      if (state.view.kind === 'failed') set({ view: { kind: 'reading' } })
      want()
    },
  }
}
