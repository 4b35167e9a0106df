import type { ErrorClass } from '#domain/errors/errorEvent.ts'
import { ERROR_GLYPHS, GLYPH_BOX } from '#domain/charts/errorGlyphs.ts'

type Props = { errorClass: ErrorClass; sizePx?: number }

/** The shape of an error class, as the chart draws it. Put the class's name beside it. */
export function ErrorGlyph({ errorClass, sizePx = GLYPH_BOX }: Props) {
  const { path, isFilled, strokeWidth, colour } = ERROR_GLYPHS[errorClass]
  const paint = `var(--${colour})`
  return (
    <svg
      width={sizePx}
      height={sizePx}
      viewBox={`0 0 ${GLYPH_BOX} ${GLYPH_BOX}`}
      aria-hidden="true"
    >
      <path
        d={path}
        fill={isFilled ? paint : 'none'}
        {...(isFilled ? {} : { stroke: paint, strokeWidth })}
      />
    </svg>
  )
}
