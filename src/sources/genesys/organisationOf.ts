import * as z from 'zod/mini'
import type { AskContext } from '../polledSource.ts'
import { askJson } from './client.ts'
import type { Connection } from './connection.ts'

const shape = z.object({ id: z.string(), name: z.string() })

/** Who the organisation says it is: its own identifier and name. Throws GenesysError. */
export const organisationOf = (context: AskContext, connection: Connection) =>
  askJson(
    context,
    connection,
    { method: 'GET', path: '/api/v2/organizations/me', permissions: [] },
    shape,
  )
