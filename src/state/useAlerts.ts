import { useSyncExternalStore } from 'react'
import type { AlertDesk, AlertsShown } from '#monitor/alerts/alertDesk.ts'

/** The alerts of an organisation, followed while they change. */
export const useAlerts = (desk: AlertDesk): AlertsShown =>
  useSyncExternalStore(desk.subscribe, desk.shown)
