import { epochMs, later } from '#domain/units.ts'
import type { TimeWindow } from './chartData.ts'
import type { Crosshair } from './crosshair.ts'
import type { KeyAction } from './keyAction.ts'
import type { ChartActions } from './chartActions.ts'
import { holding, panned, zoomed } from './windowMath.ts'

/**
 * Does what a key asks. Steps start at the crosshair or, without one, at the window's last sample;
 * a long step that would leave the series ends at its last sample in that direction.
 */
export function performKey(
  action: KeyAction,
  window: TimeWindow,
  crosshair: Crosshair,
  { step, onEvent, moveWindow }: ChartActions,
) {
  const { at } = crosshair.get()
  const first = () => step(later(window.from, -1), 1)
  const last = () => step(later(window.to, 1), -1)
  const goTo = (target: number | null) => {
    if (target === null) return
    crosshair.moveTo(epochMs(target))
    const shown = holding(window, target)
    if (shown !== window) moveWindow(shown)
  }
  switch (action.kind) {
    case 'step':
      if (at === null) return goTo(last())
      return goTo(step(at, action.steps) ?? furthest(step, at, action.steps))
    case 'end':
      return goTo(action.end === 'first' ? first() : last())
    case 'event':
      return onEvent(action.direction)
    case 'pin':
      return at === null ? undefined : crosshair.pin(at)
    case 'release':
      return crosshair.release()
    case 'zoom': {
      const share = at === null ? 1 : (at - window.from) / (window.to - window.from)
      return moveWindow(zoomed(window, Math.min(1, Math.max(0, share)), action.factor))
    }
    case 'pan':
      return moveWindow(panned(window, action.share))
  }
}

/** The last sample within so many steps. */
function furthest(
  step: ChartActions['step'],
  at: Parameters<ChartActions['step']>[0],
  steps: number,
) {
  for (let left = Math.abs(steps) - 1; left > 0; left--) {
    const reached = step(at, Math.sign(steps) * left)
    if (reached !== null) return reached
  }
  return null
}
