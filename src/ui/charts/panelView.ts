import type { ValueScale } from '#domain/charts/niceScale.ts'
import type { ShellState } from './Shell.tsx'

/** What a panel shows at this moment, outside React: a gesture changes it with every frame. */
export type PanelView = {
  /** The scale that was drawn last; null before the first drawing. */
  scale: () => ValueScale | null
  drew: (scale: ValueScale) => void
  /** What the shell shows; null while it shows none, or is between two. */
  shell: () => ShellState | null
  shellShows: (shell: ShellState | null) => void
  /** Hears when the shell shows something else. */
  subscribe: (listener: () => void) => () => void
}

export function createPanelView(): PanelView {
  let scale: ValueScale | null = null
  let shell: ShellState | null = null
  const listeners = new Set<() => void>()
  return {
    scale: () => scale,
    drew: (drawn) => {
      scale = drawn
    },
    shell: () => shell,
    shellShows: (shown) => {
      shell = shown
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
