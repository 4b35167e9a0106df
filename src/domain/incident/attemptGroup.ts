/**
 * What attempts have in common. `label`: the name of a sampler or request. `threadGroup`: who made
 * them. `host`: whom they asked. `route` and `app`: as a feed names them.
 */
export const GROUP_DIMENSIONS = ['label', 'threadGroup', 'host', 'route', 'app'] as const
export type GroupDimension = (typeof GROUP_DIMENSIONS)[number]

/** How the attempts of one group went, over all of its source. */
export type AttemptGroup = {
  dimension: GroupDimension
  name: string
  attempts: number
  /** Capacity errors among them. */
  refused: number
  /** Failures of any class. */
  failed: number
}
