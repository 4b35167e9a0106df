import type { Chime } from '#state/chime.ts'
import type { AlertTelling } from '#state/preferences.ts'

/** Sound that was chosen earlier needs a gesture in each page: any click or key will do. */
export function unlockOnGesture(chime: Chime, wants: () => AlertTelling) {
  const unlock = () => {
    if (!wants().hasSound) return
    void chime.unlock().then((isUnlocked) => {
      if (!isUnlocked) return
      for (const kind of GESTURES) window.removeEventListener(kind, unlock)
    })
  }
  for (const kind of GESTURES) window.addEventListener(kind, unlock)
}

const GESTURES = ['pointerdown', 'keydown'] as const
