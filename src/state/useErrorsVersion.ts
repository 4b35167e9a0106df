import { useSyncExternalStore } from 'react'
import { useMonitor } from './MonitorProvider.tsx'

/** Draws the component again when error events have arrived, at most once per flush of the log. */
export function useErrorsVersion(): number {
  const { errors } = useMonitor()
  return useSyncExternalStore(errors.subscribe, errors.version)
}
