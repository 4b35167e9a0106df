import type { Upgrader } from './upgradeConfig.ts'
import { withMembers } from './withMembers.ts'

/** Version 5 knows rules of alerts: nobody had changed any. */
export const upgradeFrom4: Upgrader = (settings) => withMembers(settings, { alertRules: null })
