import * as z from 'zod/mini'
import type { AskContext } from '../polledSource.ts'
import { failFeed } from './feedError.ts'
import { askFeed, type FeedAddress } from './feedRequest.ts'

/** An organisation that a feed knows. `region`: where its API is, such as `mypurecloud.de`, as far as the feed says. */
export type FeedOrganisation = { id: string; name: string; region?: string | undefined }

const ROUTE = '/v1/organisations'
const shape = z.array(
  z.object({
    id: z.string().check(z.minLength(1)),
    name: z.string(),
    region: z.optional(z.string()),
  }),
)

/** What a feed can tell about. Throws FeedError. */
export const feedOrganisations = (
  context: AskContext,
  address: FeedAddress,
): Promise<FeedOrganisation[]> => askFeed(context, address, ROUTE, {}, shape)

/**
 * The identifier to ask a feed with: that of the organisation with this id or name, else of the
 * only one. Throws `badRequest` where that leaves none or several.
 */
export function chosenOrganisation(
  known: readonly FeedOrganisation[],
  wanted: readonly string[],
): string {
  const isWanted = (text: string) =>
    wanted.some((name) => name.toLowerCase() === text.toLowerCase())
  const match = known.find(({ id, name }) => isWanted(id) || isWanted(name))
  const chosen = match ?? (known.length === 1 ? known[0] : undefined)
  if (chosen) return chosen.id
  const route = `GET ${ROUTE}`
  if (known.length === 0) throw failFeed('badRequest', 'The feed knows no organisation.', { route })
  const names = known.map(({ name }) => name).join(', ')
  throw failFeed(
    'badRequest',
    `The feed knows ${known.length} organisations (${names}): choose one in the settings.`,
    { route },
  )
}
