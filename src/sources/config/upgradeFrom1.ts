import type { Upgrader } from './upgradeConfig.ts'

/** Version 2 records when thresholds were changed: of the time before, nothing is recorded. */
export const upgradeFrom1: Upgrader = ({ organisations, ...rest }) => ({
  ...rest,
  organisations: Array.isArray(organisations)
    ? organisations.map((organisation: unknown) =>
        isRecord(organisation) ? { ...organisation, thresholdChanges: [] } : organisation,
      )
    : organisations,
})

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
