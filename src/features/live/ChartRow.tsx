import type { ReactNode } from 'react'
import classes from './ChartArea.module.css'

type Props = { row: number; gutter: ReactNode; readout: ReactNode; children: ReactNode }

/** One row of the charts: what it is, its picture, and its numbers at the crosshair, over a hairline. */
export function ChartRow({ row, gutter, readout, children }: Props) {
  const place = { gridRow: row }
  return (
    <>
      <div className={classes.gutter} style={place}>
        {gutter}
      </div>
      <div className={classes.chart} style={place}>
        {children}
      </div>
      <div className={classes.readout} style={place}>
        {readout}
      </div>
      <div className={classes.rule} style={place} />
    </>
  )
}
