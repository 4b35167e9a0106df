import { type EpochMs, epochMs } from '#domain/units.ts'
import { BACKLOG_SEC, type Scenario, type SimSec } from '../scenarios/scenario.ts'

/** Everything a simulated organisation depends on, beside the time that is asked about. */
export type World = {
  readonly scenario: Scenario
  readonly seed: number
  /** When the live part begins, on a whole second; the past before it is made up. */
  readonly startMs: EpochMs
}

/** `startMs` is cut to the whole second, so that samples fall on seconds. */
export const createWorld = (scenario: Scenario, seed: number, startMs: number): World => ({
  scenario,
  seed,
  startMs: epochMs(Math.floor(startMs / 1000) * 1000),
})

/** The second of the simulation that an instant lies in. */
export const simSecAt = (world: World, atMs: number): SimSec =>
  Math.floor((atMs - world.startMs) / 1000)

/** The instant at which a second of the simulation begins. */
export const instantOf = (world: World, sec: SimSec): EpochMs => epochMs(world.startMs + sec * 1000)

/** The first second the simulation knows anything about. */
export const FIRST_SEC: SimSec = -BACKLOG_SEC
