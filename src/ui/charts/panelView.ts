import type { ValueScale } from './niceScale.ts'
import type { ShellState } from './Shell.tsx'

/** What a panel shows at this moment, outside React: a gesture changes it with every frame. */
export type PanelView = {
  /** The scale that was drawn last; null before the first drawing. */
  scale: () => ValueScale | null
  drew: (scale: ValueScale) => void
  /** What the shell shows; null while it shows none, or is between two. */
  shell: () => ShellState | null
  shellShows: (shell: ShellState | null) => void
}

export function createPanelView(): PanelView {
  let scale: ValueScale | null = null
  let shell: ShellState | null = null
  return {
    scale: () => scale,
    drew: (drawn) => {
      scale = drawn
    },
    shell: () => shell,
    shellShows: (shown) => {
      shell = shown
    },
  }
}
