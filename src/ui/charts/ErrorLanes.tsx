import { useCallback, useMemo } from 'react'
import { Canvas, type Surface } from './Canvas.tsx'
import classes from './charts.module.css'
import type { ErrorColumns } from './chartData.ts'
import { useChartStack } from './chartStackContext.ts'
import { errorMarks } from './errorMarks.ts'
import { laneLayout } from './laneLayout.ts'
import { GLYPH_PX } from './glyphRow.ts'
import { paintGlyphs, paintLaneRules, paintTriangles, TRIANGLE_PX } from './paintErrors.ts'
import { paintBands } from './paintLimit.ts'
import { AXIS_WIDTH, clipped, type Plot } from './plot.ts'
import { xOf } from './timeFrame.ts'

type Props = {
  errors: ErrorColumns
  /** Whether errors of class `other` have come: they get a row of their own then. */
  hasOther: boolean
  /** One sentence that says what the lanes show. */
  summary: string
}

/** Every error over the shared time axis: capacity filled and tall, each other class in its fixed row. */
export function ErrorLanes({ errors, hasOther, summary }: Props) {
  const { frame, palette, bands } = useChartStack()
  const draw = useCallback(
    ({ context, width, height, pixelRatio }: Surface) => {
      const window = frame.window()
      const area = { left: AXIS_WIDTH, top: 0, width: width - AXIS_WIDTH, height }
      const plot: Plot = {
        context,
        area,
        window,
        palette: palette(),
        x: (at) => xOf(at, window, area.left, area.width),
      }
      const lanes = laneLayout(height, hasOther)
      const marksOf = (i: number, mergePx: number) =>
        errorMarks(errors, lanes[i]!.errorClass, window, area.width, mergePx)
      paintBands(plot, area, bands.get(), true)
      paintLaneRules(plot, lanes)
      paintTriangles(plot, lanes[0]!, marksOf(0, TRIANGLE_PX))
      clipped(plot, () => {
        for (let i = 1; i < lanes.length; i++)
          paintGlyphs(plot, lanes[i]!, marksOf(i, GLYPH_PX), pixelRatio)
      })
    },
    [frame, palette, bands, errors, hasOther],
  )
  const sources = useMemo(() => [errors], [errors])
  return (
    <div className={classes.panel} role="img" aria-label={summary}>
      <Canvas draw={draw} sources={sources} />
    </div>
  )
}
