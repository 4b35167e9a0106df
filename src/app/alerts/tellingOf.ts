import type { TellingTools } from '#features/live/alerts/TellingSwitches.tsx'
import type { Chime } from '#state/chime.ts'

/** What the browser says of notifications of the desktop. `missing`: it has none, or not on this address. */
export const permission = (): NotificationPermission | 'missing' =>
  'Notification' in globalThis ? Notification.permission : 'missing'

/** This browser's notifications and sound. */
export const tellingOf = (chime: Chime): TellingTools => ({
  permission,
  askPermission: () => Notification.requestPermission(),
  unlockSound: chime.unlock,
})
