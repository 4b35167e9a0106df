import type { ReactNode } from 'react'
import type { DisplayState } from './displayState.ts'
import { AT_WALL, DASHED_RING } from './sharedShapes.tsx'

type Props = { state: DisplayState; sizePx?: number }

/** Each state has a shape of its own; the yellow bar is the wall that the vermillion block touches. */
const SHAPES: Readonly<Record<DisplayState, ReactNode>> = {
  ok: <circle cx="6" cy="6" r="4.6" fill="var(--ok)" />,
  warn: <path d="M6 .4 11.6 6 6 11.6 .4 6Z" fill="var(--warn)" />,
  critical: <rect x="1.25" y="1.25" width="9.5" height="9.5" fill="var(--crit)" />,
  atLimit: AT_WALL,
  unknown: DASHED_RING,
  stale: (
    <g fill="none" stroke="var(--ink2)" strokeWidth="1.4">
      <circle cx="6" cy="6" r="4.8" />
      <path d="M6 3.4V6l2 1.4" />
    </g>
  ),
  blind: (
    <g fill="none" stroke="var(--ink2)" strokeWidth="1.4">
      <rect x="1" y="1" width="10" height="10" />
      <path d="M1 6 6 1M1 11 11 1M6 11 11 6" />
    </g>
  ),
  off: (
    <path
      d="M2.5 5.5h7v5h-7zM4 5.5V4a2 2 0 0 1 4 0v1.5"
      fill="none"
      stroke="var(--ink2)"
      strokeWidth="1.4"
    />
  ),
  loading: (
    <g fill="none" strokeWidth="1.4">
      <circle cx="6" cy="6" r="4.8" stroke="var(--hair)" />
      <path d="M6 1.2A4.8 4.8 0 0 1 10.8 6" stroke="var(--ink2)" />
    </g>
  ),
}

/** The shape of a state, 12 px. Put the word of `STATE_WORDS` beside it: the glyph says nothing aloud. */
export function StateGlyph({ state, sizePx = 12 }: Props) {
  return (
    <svg width={sizePx} height={sizePx} viewBox="0 0 12 12" aria-hidden="true">
      {SHAPES[state]}
    </svg>
  )
}
