import type { Upgrader } from './upgradeConfig.ts'
import { withMembers } from './withMembers.ts'

/** Version 4 knows Prometheus, its queries, and apps with a connection probe: nobody had any. */
export const upgradeFrom3: Upgrader = (settings) =>
  withMembers(settings, { prometheus: null, queries: [], probeApps: [] })
