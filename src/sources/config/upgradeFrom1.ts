import type { Upgrader } from './upgradeConfig.ts'
import { withMembers } from './withMembers.ts'

/** Version 2 records when thresholds were changed: of the time before, nothing is recorded. */
export const upgradeFrom1: Upgrader = (settings) => withMembers(settings, { thresholdChanges: [] })
