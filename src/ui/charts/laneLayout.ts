import { ERROR_CLASSES, type ErrorClass } from '#domain/errors/errorEvent.ts'

/** One row of the error lanes. Positions in CSS pixels from the top. */
export type Lane = { errorClass: ErrorClass; centreY: number; heightPx: number }

const FULL_ROW_PX = 13
const LEAST_ROW_PX = 11.5
const CAPACITY_PX = 42
const FOOT_PX = 4

/**
 * Where each class has its row: capacity first and tall, the others in fixed order, also when they
 * are empty; `other` only where it is asked for. The same numbers place the words beside the lanes.
 */
export function laneLayout(heightPx: number, hasOther: boolean): readonly Lane[] {
  const [tall, ...rows] = ERROR_CLASSES.filter((errorClass) => hasOther || errorClass !== 'other')
  const wanted = CAPACITY_PX + rows.length * FULL_ROW_PX + FOOT_PX
  const rowPx = heightPx >= wanted ? FULL_ROW_PX : LEAST_ROW_PX
  const capacityPx = Math.max(16, heightPx - FOOT_PX - rows.length * rowPx)
  return [
    { errorClass: tall!, centreY: capacityPx / 2, heightPx: capacityPx },
    ...rows.map((errorClass, i) => ({
      errorClass,
      centreY: capacityPx + (i + 0.5) * rowPx,
      heightPx: rowPx,
    })),
  ]
}
