import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { type DurationMs, type EpochMs, elapsed, epochMs, later } from '#domain/units.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import { DEFAULT_WINDOW, type LiveView } from '#state/link/liveLink.ts'
import { createTimeFrame, type TimeFrame } from '#ui/charts/timeFrame.ts'
import { holding, LONGEST_MS } from '#ui/charts/windowMath.ts'
import { useOlderHistory } from './useOlderHistory.ts'

type Span = { from: EpochMs; to: EpochMs }

type Known = {
  monitor: OrgMonitor
  view: LiveView
  onView: (view: LiveView) => void
  now: EpochMs
  /** Whether charts show a little of what is to come: a limit that was asked for. */
  isAhead?: boolean
}

export type ShownWindow = {
  window: Span
  /** The same window, as the charts share it: gestures move it without rendering. */
  frame: TimeFrame
  /** Length of a window that moves with the clock; null where it is fixed. */
  rollingMs: DurationMs | null
  isPaused: boolean
  /** Whether an older stretch is being read back. */
  isReadingBack: boolean
  /** Why an older stretch could not be read back. */
  notices: readonly string[]
  togglePause: () => void
  backToLive: () => void
  showLast: (lengthMs: DurationMs) => void
  showRange: (from: EpochMs, to: EpochMs) => void
  /** Shows a stretch with some air around it, unless all of it is on screen already (`always`: even then). */
  showAround: (from: EpochMs, to: EpochMs, always?: boolean) => void
  /** Moves the window if an instant lies outside it. */
  reveal: (at: EpochMs) => void
}

const DEFAULT_MS = DEFAULT_WINDOW.kind === 'rolling' ? DEFAULT_WINDOW.lengthMs : (0 as DurationMs)
/** How much of what is to come is shown, as a share of the window. */
const AHEAD = 0.05
/** Air on both sides of what is shown, as a share of its length. */
const AIR = 0.05
const MIN_LENGTH_MS = 10_000

/**
 * The window on screen: the last while, moving with the clock, or a fixed one. Paused, a moving one
 * stands where it was; samples go on into the store, so that resuming shows them all.
 */
export function useShownWindow(known: Known): ShownWindow {
  const { monitor, view, onView, now, isAhead = false } = known
  const chosen = view.window
  const [pausedAt, setPausedAt] = useState<EpochMs | null>(null)
  const [lastMs, setLastMs] = useState<DurationMs>(DEFAULT_MS)
  if (chosen.kind === 'rolling' && chosen.lengthMs !== lastMs) setLastMs(chosen.lengthMs)

  const isRolling = chosen.kind === 'rolling'
  const to = isRolling ? (pausedAt ?? now) : chosen.to
  const from = isRolling ? later(to, -1 * chosen.lengthMs) : chosen.from
  const window = useMemo(() => ({ from, to }), [from, to])
  /** What charts show: the window, and what is to come where something is known of that. */
  const drawn = useMemo(() => {
    const aheadMs = isRolling && isAhead ? Math.round(elapsed(from, to) * AHEAD) : 0
    return { from, to: later(to, aheadMs) }
  }, [from, to, isRolling, isAhead])
  const [frame] = useState(() => createTimeFrame(drawn))
  /** What was chosen when a gesture settled; until that changes the screen is about to follow it. */
  const settledOver = useRef<LiveView['window'] | null>(null)
  useLayoutEffect(() => {
    // The clock must not pull the window back while the address is still on its way.
    if (settledOver.current === chosen) return
    settledOver.current = null
    frame.show(drawn)
  }, [frame, drawn, chosen])

  const older = useOlderHistory(monitor, {
    fixed: isRolling ? null : window,
    rollingMs: isRolling ? chosen.lengthMs : null,
    now,
  })
  const latest = useRef({ view, onView })
  useEffect(() => {
    latest.current = { view, onView }
  })
  const showRange = useCallback((newFrom: EpochMs, newTo: EpochMs) => {
    const held = latest.current
    // A link holds 13 months at most; zooming out further stops there.
    const start = epochMs(Math.max(newFrom, newTo - LONGEST_MS))
    held.onView({ ...held.view, window: { kind: 'absolute', from: start, to: newTo } })
  }, [])
  const showLast = useCallback((lengthMs: DurationMs) => {
    const held = latest.current
    held.onView({ ...held.view, window: { kind: 'rolling', lengthMs } })
  }, [])
  const backToLive = useCallback(() => {
    setPausedAt(null)
    showLast(lastMs)
  }, [showLast, lastMs])
  const togglePause = useCallback(() => {
    if (isRolling) setPausedAt((paused) => (paused === null ? monitor.now() : null))
  }, [isRolling, monitor])
  const showAround = useCallback(
    (newFrom: EpochMs, newTo: EpochMs, always = false) => {
      const shown = frame.window()
      if (!always && newFrom >= shown.from && newTo <= shown.to) return
      const air = Math.max(elapsed(newFrom, newTo), MIN_LENGTH_MS) * AIR
      showRange(epochMs(Math.floor(newFrom - air)), epochMs(Math.ceil(newTo + air)))
    },
    [frame, showRange],
  )
  const reveal = useCallback(
    (at: EpochMs) => {
      const shown = frame.window()
      const moved = holding(shown, at)
      if (moved !== shown) showRange(moved.from, moved.to)
    },
    [frame, showRange],
  )
  useEffect(
    () =>
      frame.onSettled((moved) => {
        settledOver.current = latest.current.view.window
        showRange(moved.from, moved.to)
      }),
    [frame, showRange],
  )
  return {
    window,
    frame,
    rollingMs: isRolling ? chosen.lengthMs : null,
    isPaused: isRolling && pausedAt !== null,
    isReadingBack: older.isReading,
    notices: older.failure === null ? [] : [older.failure],
    togglePause,
    backToLive,
    showLast,
    showRange,
    showAround,
    reveal,
  }
}
