import type { OrgId } from '#domain/units.ts'
import { addressOf, type ConnectDraft, readDraft } from '#features/connect/connectDraft.ts'
import type { SecretStorage } from '#sources/tabSecret.ts'
import { connectedId } from './organisationNamed.ts'

/** Where a guided sign-in goes on that had to take the whole page. */
export const CONNECT_PROBE = '/connect?step=probe'

/** Which organisation was typed; null while that names none. */
export function organisationOfDraft(draft: ConnectDraft): OrgId | null {
  const { addresses } = addressOf(draft)
  const clientId = draft.clientId.trim()
  return addresses && clientId !== '' ? connectedId(addresses.domain, clientId) : null
}

/** The same for what was typed before the page was left or loaded again. */
export function connectingId(storage: SecretStorage): OrgId | null {
  const draft = readDraft(storage)
  return draft && organisationOfDraft(draft)
}
