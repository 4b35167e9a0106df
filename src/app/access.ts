import { epochMs } from '#domain/units.ts'
import { createFeedBearer } from '#sources/config/feedBearer.ts'
import type { OrganisationConfig } from '#sources/config/tidemarkConfig.ts'
import type { Connection } from '#sources/genesys/connection.ts'
import { createTokenStore } from '#sources/genesys/tokenStore.ts'
import type { TabChannel, TabSecret } from '#sources/tabSecret.ts'
import { addressesFor } from './organisationNamed.ts'
import { tabStorage } from './pageStorage.ts'

/** How one organisation is reached, with the secrets that end with the tab. */
export type Access = { connection: Connection; feedBearer: TabSecret<string>; close: () => void }

export function createAccess(
  config: OrganisationConfig,
  channel: TabChannel,
  origin: string,
): Access {
  const now = () => epochMs(Date.now())
  const tokens = createTokenStore({ org: config.id, storage: tabStorage, channel, now })
  const feedBearer = createFeedBearer(config.id, tabStorage, channel)
  return {
    connection: {
      org: config.id,
      addresses: addressesFor(config, origin),
      clientId: config.clientId,
      tokens,
    },
    feedBearer,
    close: () => {
      tokens.close()
      feedBearer.close()
    },
  }
}
