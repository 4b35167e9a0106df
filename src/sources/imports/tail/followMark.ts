import type { OrgId } from '#domain/units.ts'

const nameOf = (org: OrgId) => `tidemark-follow:${org}`

/** Lets the other tabs know that one of them follows a file beside an organisation, until it ends. */
export function markFollowed(org: OrgId, ended: Promise<unknown>): void {
  void navigator.locks.request(nameOf(org), { mode: 'shared' }, () =>
    // How it ended is the concern of who follows.
    ended.catch(() => undefined),
  )
}

/**
 * Waits until no tab follows a file beside this organisation: at once where none does. A page that is
 * loaded anew waits a moment for the one it was. Rejects with the signal's reason.
 */
export const untilUnfollowed = async (org: OrgId, signal: AbortSignal): Promise<void> =>
  navigator.locks.request(nameOf(org), { signal }, () => undefined)
