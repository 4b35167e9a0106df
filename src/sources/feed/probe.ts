import type { AskContext } from '../polledSource.ts'
import { SourceError } from '../sourceError.ts'
import { feedOrganisations, type FeedOrganisation } from './feedOrganisations.ts'
import type { FeedAddress } from './feedRequest.ts'

/** Whether a feed answers, and what is wrong where it does not, in one sentence. */
export type FeedProbe =
  | { kind: 'works'; organisations: readonly FeedOrganisation[] }
  | { kind: 'fails'; problem: string }

/** Tries a feed once, for the settings. */
export async function probeFeed(context: AskContext, address: FeedAddress): Promise<FeedProbe> {
  try {
    return { kind: 'works', organisations: await feedOrganisations(context, address) }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    return { kind: 'fails', problem: error.kind === 'network' ? hint(address.url) : error.message }
  }
}

/** A browser does not say which of these it was. */
const hint = (url: string) =>
  `No readable answer from ${url}: nothing listens there, it does not allow this page (CORS), or the ` +
  `page may not ask it (start with tidemark serve --connect ${new URL(url).origin}).`
