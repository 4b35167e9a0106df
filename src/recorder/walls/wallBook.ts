import { durationMs, elapsed, type EpochMs, HOUR_MS, later, SECOND_MS } from '#domain/units.ts'

/** What a wall says of itself. */
export type WallBeat = { name: string; isBlind: boolean }

/** `lit`: it beats and shows numbers; `blind`: it beats and says that it sees nothing; `dark`: it is silent. */
export type WallState = 'lit' | 'blind' | 'dark'

export type Wall = { name: string; state: WallState; since: EpochMs; lastBeatAt: EpochMs }

/** Who has beaten, and which walls are dark. A wall that is dark for a day is taken to be taken down. */
export type WallBook = {
  /** False where there are too many walls for one more. */
  beat: (beat: WallBeat) => boolean
  /** All walls by name, as they are now; told once each time one changes its state. */
  look: () => readonly Wall[]
}

/** How often a wall beats. */
export const BEAT_EVERY_MS = durationMs(30 * SECOND_MS)
/** A reload takes seconds, a busy minute costs a beat: three that are missing are no accident. */
const DARK_AFTER_MS = durationMs(3.5 * BEAT_EVERY_MS)
const FORGOTTEN_AFTER_MS = durationMs(24 * HOUR_MS)
const MOST_WALLS = 50

type Options = {
  now: () => EpochMs
  /** A wall is new, or not as it was. */
  changed: (wall: Wall) => void
}

export function createWallBook({ now, changed }: Options): WallBook {
  const walls = new Map<string, Wall>()

  function set(wall: Wall) {
    const isNews = walls.get(wall.name)?.state !== wall.state
    walls.set(wall.name, wall)
    if (isNews) changed(wall)
  }

  function look() {
    const at = now()
    for (const wall of walls.values()) {
      const silentMs = elapsed(wall.lastBeatAt, at)
      if (silentMs > FORGOTTEN_AFTER_MS) walls.delete(wall.name)
      else if (silentMs > DARK_AFTER_MS && wall.state !== 'dark')
        set({ ...wall, state: 'dark', since: later(wall.lastBeatAt, BEAT_EVERY_MS) })
    }
    return [...walls.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))
  }

  return {
    beat({ name, isBlind }) {
      look()
      const known = walls.get(name)
      if (!known && walls.size >= MOST_WALLS) return false
      const at = now()
      const state = isBlind ? 'blind' : 'lit'
      set({ name, state, since: known?.state === state ? known.since : at, lastBeatAt: at })
      return true
    },
    look,
  }
}
