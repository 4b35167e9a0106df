/**
 * How an organisation stands on the wall. A number older than three intervals is not shown at all
 * there, so what the desk calls stale is blind: nobody at five metres tells an old number from a new one.
 */
export type WallState =
  | 'atLimit'
  | 'critical'
  | 'warn'
  | 'ok'
  /** Nothing readable, since an instant. */
  | 'blind'
  | 'signedOut'
  /** There is a number, and no limit to hold it against. */
  | 'unknown'
  /** Its metrics are not asked: permission, absent. */
  | 'off'
  /** Nothing has come yet. */
  | 'starting'

/** Whether it has the pinned half, and never leaves the screen. */
export const isCritical = (state: WallState) => state === 'atLimit' || state === 'critical'

/** Whether no number may be shown of it: its tile is hatched and says since when. */
export const isDark = (state: WallState) => state === 'blind' || state === 'signedOut'
