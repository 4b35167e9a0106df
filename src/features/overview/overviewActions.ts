import type { OrgId } from '#domain/units.ts'

/** What can be done from the overview. */
export type OverviewActions = {
  /** Shows an organisation on Live. */
  open: (id: OrgId) => void
  /** The address of that, for another tab. */
  hrefOf: (id: OrgId) => string
  signIn: (id: OrgId) => void
  /** Begins anew with one that failed or takes too long. */
  tryAgain: (id: OrgId) => void
  add: () => void
}
