import type { AskContext } from '../polledSource.ts'
import type { ProbesTold } from '../probe/probesTold.ts'
import { probesToldShape } from '../probe/toldShape.ts'
import { SourceError } from '../sourceError.ts'
import { chosenOrganisation, feedOrganisations } from './feedOrganisations.ts'
import { askFeed, type FeedAddress } from './feedRequest.ts'

type Wanted = FeedAddress & {
  /** As the feed names it; null takes the one it names like `alsoKnownAs`, else its only one. */
  organisation: string | null
  alsoKnownAs: readonly string[]
}

/**
 * How the connection probes do that report to the recorder behind a feed. Null where that is no
 * recorder, or an older one: it has no such answer. Throws FeedError.
 */
export async function feedProbes(context: AskContext, wanted: Wanted): Promise<ProbesTold | null> {
  try {
    const organisation =
      wanted.organisation ??
      chosenOrganisation(await feedOrganisations(context, wanted), wanted.alsoKnownAs)
    return await askFeed(context, wanted, '/v1/probes', { organisation }, probesToldShape)
  } catch (error) {
    if (error instanceof SourceError && error.kind === 'absent') return null
    throw error
  }
}
