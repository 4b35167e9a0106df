import * as z from 'zod/mini'
import type { OrgId } from '#domain/units.ts'
import {
  createTabSecret,
  type SecretStorage,
  type TabChannel,
  type TabSecret,
} from '../tabSecret.ts'

/** The bearer token of an organisation's feed: kept like a sign-in, never among the settings. */
export const createFeedBearer = (
  org: OrgId,
  storage: SecretStorage | null,
  channel: TabChannel | null,
): TabSecret<string> =>
  createTabSecret({
    name: `tidemark:feed-bearer:${org}`,
    storage,
    channel,
    shape: z.string().check(z.minLength(1)),
    isUsable: () => true,
  })
