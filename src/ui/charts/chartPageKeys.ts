import type { ChartActions } from './chartActions.ts'
import type { Crosshair } from './crosshair.ts'
import { keyAction } from './keyAction.ts'
import { performKey } from './performKey.ts'
import type { TimeFrame } from './timeFrame.ts'

type Known = Pick<ChartActions, 'step' | 'onEvent'> & { frame: TimeFrame; crosshair: Crosshair }

type Key = (event?: Pick<KeyboardEvent, 'shiftKey'>) => void

const PLAIN_KEYS = ['n', 'p', '+', '=', '-', 'PageUp', 'PageDown', 'Enter', 'Home', 'End'] as const
const SHIFTED_KEYS = ['ArrowLeft', 'ArrowRight'] as const

/** The keys that charts answer wherever the focus is on their page, and Escape, by their names. */
export function chartPageKeys({ frame, crosshair, step, onEvent }: Known) {
  const press = (key: string, shiftKey: boolean) => {
    const action = keyAction({ key, shiftKey, ctrlKey: false, metaKey: false, altKey: false })
    if (!action) return
    performKey(action, frame.window(), crosshair, { step, onEvent, moveWindow: frame.nudge })
  }
  return {
    ...Object.fromEntries(PLAIN_KEYS.map((key): [string, Key] => [key, () => press(key, false)])),
    ...Object.fromEntries(
      SHIFTED_KEYS.map((key): [string, Key] => [
        key,
        (event) => press(key, event?.shiftKey ?? false),
      ]),
    ),
    Escape: () => press('Escape', false),
  }
}
