import { useState } from 'react'
import type { SecretStorage } from '#sources/tabSecret.ts'
import { type ConnectDraft, firstDraft, keepDraft, readDraft } from './connectDraft.ts'

/** What is typed to add an organisation, kept in this tab. `domain` is the region known from elsewhere. */
export function useConnectDraft(storage: SecretStorage, domain: string | null) {
  const [draft, setDraft] = useState(() => readDraft(storage) ?? firstDraft(domain))
  const change = (part: Partial<ConnectDraft>) => {
    const next = { ...draft, ...part }
    keepDraft(storage, next)
    setDraft(next)
  }
  return [draft, change] as const
}
