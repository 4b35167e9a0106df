import * as z from 'zod/mini'
import type { RegistryFailure } from '#domain/limits/registryFact.ts'
import { SourceError } from '../../sourceError.ts'
import type { Call } from '../client.ts'

const LIMITS = '/api/v2/organizations/limits'

/** A call about limits. Only change requests need a permission (facts §1.1). */
export const registryCall = (
  path: string,
  query: Readonly<Record<string, string>> = {},
): Call & { method: 'GET' } => ({
  method: 'GET',
  path: `${LIMITS}/${path}`,
  query,
  permissions: path.startsWith('changerequests') ? ['limits:organization:view'] : [],
})

/** A list that is read entry by entry, so that one bad entry costs itself and not the list. */
export const listShape = z.object({ entities: z.array(z.unknown()) })

/** A value of a limit as it is told: any whole number, also one that is no limit to compare with. */
export const toldValue = () =>
  z.number().check(z.refine((value) => Number.isFinite(value) && Math.floor(value) === value))

/**
 * Why a part of the registry cannot be read, where the answer is about that part and the others may
 * well answer. Throws whatever concerns them all: no reply, no sign-in, asked too often.
 */
export function failureOfPart(error: unknown): RegistryFailure {
  if (!(error instanceof SourceError)) throw error
  const { kind, message, details } = error
  const { permission } = details
  switch (kind) {
    case 'forbidden':
      return { kind: 'forbidden', reason: message, permission }
    case 'absent':
      return { kind: 'absent', reason: message, permission: null }
    case 'badRequest':
    case 'unexpectedShape':
      return { kind: 'failed', reason: message, permission: null }
    default:
      throw error
  }
}
