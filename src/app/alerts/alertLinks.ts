import type { EpochMs, OrgId } from '#domain/units.ts'

/** The window of an organisation that an alert is about. */
export type AlertLink = { org: OrgId; from: EpochMs; to: EpochMs }

/** Where a click on a notification leads. Nowhere, until somebody follows. */
export function createAlertLinks() {
  let followed: (link: AlertLink) => void = () => undefined
  return {
    open: (link: AlertLink) => followed(link),
    follow: (follow: (link: AlertLink) => void) => void (followed = follow),
  }
}
