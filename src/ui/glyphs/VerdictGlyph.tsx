import type { ReactNode } from 'react'
import type { VerdictWord } from '#domain/evidence/verdict/verdict.ts'

const WALL = <rect width="12" height="2" fill="var(--limit)" />

/** A level below the wall: full, half, low, and a dashed ring where nobody can tell. */
const SHAPES: Readonly<Record<VerdictWord, ReactNode>> = {
  'capacity-bound': (
    <>
      {WALL}
      <rect x="1.5" y="3" width="9" height="9" fill="var(--crit)" />
    </>
  ),
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
  'cannot-tell': (
    <circle
      cx="6"
      cy="6"
      r="4.6"
      fill="none"
      stroke="var(--ink3)"
      strokeWidth="1.5"
      strokeDasharray="2.4 2"
    />
  ),
}

/** The shape of a verdict. Put its word beside it: the glyph says nothing aloud. */
export function VerdictGlyph({ word, sizePx = 12 }: { word: VerdictWord; sizePx?: number }) {
  return (
    <svg width={sizePx} height={sizePx} viewBox="0 0 12 12" aria-hidden="true">
      {SHAPES[word]}
    </svg>
  )
}
