import { useSyncExternalStore } from 'react'
import type { OrgFacts } from '#monitor/orgFacts.ts'
import { useMonitor } from './MonitorProvider.tsx'

/** Everything slow that is known of the organisation on the screen. */
export function useOrgFacts(): OrgFacts {
  const monitor = useMonitor()
  return useSyncExternalStore(monitor.subscribe, monitor.facts)
}
