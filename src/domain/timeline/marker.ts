import type { FileKind } from '../fileKind.ts'
import type { EpochMs } from '../units.ts'

/**
 * `run`: a load test begins. `iteration`: one of its repetitions begins. `end`: the load is off.
 * `limitReached`: the organisation itself recorded that a limit was hit; its label begins with the
 * name of the operational event.
 */
export const MARKER_KINDS = [
  'run',
  'iteration',
  'end',
  'limitChanged',
  'limitReached',
  'note',
] as const
export type MarkerKind = (typeof MARKER_KINDS)[number]

/** Something worth a place on the time axis that is neither a sample nor an error. */
export type Marker = {
  /**
   * Unique within an organisation; a marker that arrives twice is one. Those of one file share
   * all before the last colon.
   */
  id: string
  at: EpochMs
  kind: MarkerKind
  label: string
  /**
   * `here`: set on this screen, so it can be taken back. `genesys`: the organisation itself says
   * so.
   */
  origin: 'here' | 'feed' | 'genesys' | FileKind
}
