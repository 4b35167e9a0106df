import type { AskContext } from '../../polledSource.ts'
import { SourceError } from '../../sourceError.ts'

/** From fine to coarse; the finest that the API takes is not documented (facts §5.3). */
const GRANULARITIES_MIN = [1, 5, 15, 30] as const

/**
 * Asks in buckets of a minute, and of longer ones from then on where the API refuses those as too
 * fine. Throws what the coarsest one throws.
 */
export function inFinestBuckets<T>(ask: (minutes: number, context: AskContext) => Promise<T>) {
  let granularity = 0
  return async function askFinest(context: AskContext): Promise<T> {
    try {
      return await ask(GRANULARITIES_MIN[granularity]!, context)
    } catch (error) {
      const isTooFine = error instanceof SourceError && error.kind === 'badRequest'
      if (!isTooFine || granularity === GRANULARITIES_MIN.length - 1) throw error
      granularity += 1
      return askFinest(context)
    }
  }
}
