import { durationMs, type EpochMs, MINUTE_MS } from '../units.ts'

/** How long the picture rests before it moves on by a few pixels. */
export const ORBIT_STEP_MS = durationMs(2 * MINUTE_MS)

/** Around the middle, none of them nearer than 2 px to the one before nor further than 8 px from the middle. */
const STATIONS = [
  { x: 0, y: 0 },
  { x: 4, y: 0 },
  { x: 5, y: 5 },
  { x: 0, y: 7 },
  { x: -5, y: 5 },
  { x: -7, y: 0 },
  { x: -5, y: -5 },
  { x: 0, y: -7 },
  { x: 5, y: -5 },
] as const

/**
 * Where the picture stands, in CSS pixels from its place: what stands still for weeks burns in. Pure in
 * time.
 */
export const orbitAt = (now: EpochMs): { x: number; y: number } =>
  STATIONS[Math.floor(now / ORBIT_STEP_MS) % STATIONS.length]!

/** Whether the header has changed sides: every other hour. */
export const isHeaderSwapped = (now: EpochMs) => Math.floor(now / (60 * MINUTE_MS)) % 2 === 1
