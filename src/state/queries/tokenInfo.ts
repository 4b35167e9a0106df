import { queryOptions } from '@tanstack/react-query'
import { MINUTE_MS } from '#domain/units.ts'
import { orgKeys } from '#monitor/orgKeys.ts'
import type { SessionState } from '#monitor/orgFacts.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import type { Connection } from '#sources/genesys/connection.ts'
import { readTokenInfo } from '#sources/genesys/probes/tokenInfo.ts'

/** What the server says of the token at hand; asked anew for each sign-in, and not while signed out. */
export const tokenInfoQuery = (
  monitor: OrgMonitor,
  connection: Connection,
  session: SessionState,
) =>
  queryOptions({
    queryKey: orgKeys.onDemand(
      connection.org,
      'token',
      session.kind === 'signedIn' ? session.expiresAt : session.kind,
    ),
    queryFn: ({ signal }) => monitor.ask((context) => readTokenInfo(context, connection), signal),
    enabled: session.kind === 'signedIn',
    staleTime: 10 * MINUTE_MS,
    retry: false,
    networkMode: 'always',
  })
