import type { ReactNode } from 'react'
import type { TimelineKind } from '#domain/incident/timelineLine.ts'
import { ErrorGlyph } from '#ui/glyphs/ErrorGlyph.tsx'
import { StateGlyph } from '#ui/glyphs/StateGlyph.tsx'

const stroke = (colour: string) => ({ fill: 'none', stroke: `var(--${colour})`, strokeWidth: 1.5 })

/** The shape of a line; its words say the same. */
const SHAPES: Readonly<Record<TimelineKind, ReactNode>> = {
  start: <path d="M6 2v8" {...stroke('ink3')} />,
  end: <path d="M6 2v8" {...stroke('ink3')} />,
  warn: <StateGlyph state="warn" sizePx={12} />,
  crossing: <StateGlyph state="atLimit" sizePx={12} />,
  refusal: <ErrorGlyph errorClass="capacity" sizePx={12} />,
  storm: <path d="M1 10 3.5 2 6 10 8.5 2 11 10" {...stroke('rate')} />,
  peak: <path d="M1.5 9.5 6 2.5l4.5 7" {...stroke('water')} />,
  recovery: <path d="M1.5 2.5c3 0 3 7 9 7" {...stroke('ok')} />,
  limitChange: <path d="M1 9.5h5V2.5h5" {...stroke('limit')} />,
  gap: <path d="M1 6h2.5M8.5 6H11M5 2v8M7 2v8" {...stroke('ink3')} />,
  note: <circle cx="6" cy="6" r="4" fill="var(--ink)" />,
}

/** What a line of the timeline is about. */
export const TimelineGlyph = ({ kind }: { kind: TimelineKind }) => (
  <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
    {SHAPES[kind]}
  </svg>
)
