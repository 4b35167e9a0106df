import type { Upgrader } from './upgradeConfig.ts'
import { withMembers } from './withMembers.ts'

/** Version 3 knows typed limits, assigned keys, chosen queues and audits: nobody had any. */
export const upgradeFrom2: Upgrader = (settings) =>
  withMembers(settings, {
    limitKeys: {},
    manualLimits: [],
    queues: [],
    sourcesOff: [],
    auditEveryMs: 86_400_000,
  })
