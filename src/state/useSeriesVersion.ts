import { useSyncExternalStore } from 'react'
import { useMonitor } from './MonitorProvider.tsx'

/** Draws the component again when samples have arrived, at most once per flush of the store. */
export function useSeriesVersion(): number {
  const { series } = useMonitor()
  return useSyncExternalStore(series.subscribe, series.version)
}
