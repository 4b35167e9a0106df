import type { ReactNode } from 'react'
import type { VerdictWord } from '#domain/evidence/verdict/verdict.ts'
import { AT_WALL, DASHED_RING, WALL } from './sharedShapes.tsx'

/** A level below the wall: full, half, low, and a dashed ring where nobody can tell. */
const SHAPES: Readonly<Record<VerdictWord, ReactNode>> = {
  'capacity-bound': AT_WALL,
  partly: (
    <>
      {WALL}
      <path d="M1.5 3h9l-9 9Z" fill="var(--crit)" />
    </>
  ),
  'not-capacity-bound': (
    <>
      {WALL}
      <rect
        x="2.2"
        y="7.2"
        width="7.6"
        height="4.1"
        fill="none"
        stroke="var(--ink2)"
        strokeWidth="1.4"
      />
    </>
  ),
  'cannot-tell': DASHED_RING,
}

/** The shape of a verdict. Put its word beside it: the glyph says nothing aloud. */
export function VerdictGlyph({ word, sizePx = 12 }: { word: VerdictWord; sizePx?: number }) {
  return (
    <svg width={sizePx} height={sizePx} viewBox="0 0 12 12" aria-hidden="true">
      {SHAPES[word]}
    </svg>
  )
}
