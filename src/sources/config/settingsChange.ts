import type { OrganisationConfig } from './tidemarkConfig.ts'

/** What a running monitor takes over without a new start. */
const WITHOUT_START = new Set<string>([
  'limitKeys',
  'manualLimits',
  'alertRules',
  'vendorId',
  'auditEveryMs',
])

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** The fields in which two settings of one organisation differ. */
export const changedFields = (before: OrganisationConfig, after: OrganisationConfig) =>
  (Object.keys(after) as (keyof OrganisationConfig)[]).filter(
    (field) => !isSame(before[field], after[field]),
  )

/** Whether the organisation is reached in the same way: a token of one is good for the other. */
export const isSameWay = (before: OrganisationConfig, after: OrganisationConfig) =>
  before.domain === after.domain && before.clientId === after.clientId

/** Whether a monitor that was started with the one can go on with the other. */
export const isSameWatch = (before: OrganisationConfig, after: OrganisationConfig) =>
  changedFields(before, after).every((field) => WITHOUT_START.has(field))
