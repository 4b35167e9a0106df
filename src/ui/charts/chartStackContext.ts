import { createContext, useContext } from 'react'
import type { EpochMs } from '#domain/units.ts'
import type { LimitBand } from './chartData.ts'
import type { Crosshair } from './crosshair.ts'
import type { FrameLoop } from './frameLoop.ts'
import type { Palette } from './palette.ts'
import type { TimeFrame } from './timeFrame.ts'
import type { Turns } from './turns.ts'

/** The stretches at the limit that one panel finds and the rows below show too. */
export type SharedBands = { get: () => readonly LimitBand[]; set: (bands: LimitBand[]) => void }

/** What the charts of one stack have in common. None of it changes while the stack is mounted. */
export type ChartStackValue = {
  frame: TimeFrame
  crosshair: Crosshair
  loop: FrameLoop
  /** Whose turn it is to mount what costs much. */
  turns: Turns
  bands: SharedBands
  palette: () => Palette
  /** The organisation's time. */
  now: () => EpochMs
  /** IANA zone in which clock times are written. */
  zone: string
}

export const ChartStackContext = createContext<ChartStackValue | null>(null)

/** The stack around a chart. Throws outside one: a chart without a shared axis would lie. */
export function useChartStack(): ChartStackValue {
  const stack = useContext(ChartStackContext)
  if (!stack) throw new Error('A chart needs a ChartStack around it')
  return stack
}
