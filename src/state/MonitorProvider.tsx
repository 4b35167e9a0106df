import { createContext, type ReactNode, useContext } from 'react'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'

const MonitorContext = createContext<OrgMonitor | null>(null)

type Props = { monitor: OrgMonitor; children: ReactNode }

/** Makes one organisation's monitor known to everything below. */
export function MonitorProvider({ monitor, children }: Props) {
  return <MonitorContext value={monitor}>{children}</MonitorContext>
}

/** The monitor of the organisation on the screen. Throws outside a `MonitorProvider`. */
export function useMonitor(): OrgMonitor {
  const monitor = useContext(MonitorContext)
  if (!monitor) throw new Error('useMonitor is used outside a MonitorProvider')
  return monitor
}
