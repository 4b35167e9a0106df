import { formatClock } from '../format.ts'
import type { EpochMs } from '../units.ts'

/** From one full hour to another, local time; across midnight where `from` is the later one. */
export type NightHours = { from: number; to: number }

/** Share of the light that is left at night. */
export const NIGHT_LIGHT = 0.4

/** Whether it is night by the clock of a zone. Equal hours are no night. */
export function isNight(now: EpochMs, zone: string, { from, to }: NightHours): boolean {
  const hour = Number(formatClock(now, zone, 'minutes').slice(0, 2))
  return from <= to ? hour >= from && hour < to : hour >= from || hour < to
}

/** The opacity over black that leaves a share of the light: screens answer with about the power of 2.2. */
export const opacityFor = (light: number) => light ** (1 / 2.2)
