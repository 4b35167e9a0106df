import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { chooseAlertTelling, useAlertTelling } from '#state/preferences.ts'
import classes from './AlertsPane.module.css'

/** What telling beside the screen needs of the browser. */
export type TellingTools = {
  /** What it says of notifications now; `missing`: it has none. */
  permission: () => NotificationPermission | 'missing'
  askPermission: () => Promise<NotificationPermission>
  /** Whether there is sound from now on. */
  unlockSound: () => Promise<boolean>
}

/** Notifications of the desktop and sound; the browser is asked when somebody switches one on, never before. */
export function TellingSwitches({ permission, askPermission, unlockSound }: TellingTools) {
  const { isNotified, hasSound } = useAlertTelling()
  const [problem, setProblem] = useState<string | null>(null)
  const allowed = permission()

  async function notify(isOn: boolean) {
    setProblem(null)
    if (!isOn) return chooseAlertTelling({ isNotified: false })
    const answer = allowed === 'missing' ? 'denied' : await askPermission()
    if (answer === 'granted') return chooseAlertTelling({ isNotified: true })
    setProblem(
      allowed === 'missing'
        ? 'This browser has no notifications here.'
        : 'The browser does not allow notifications of this page; allow them in its site settings.',
    )
  }

  async function sound(isOn: boolean) {
    setProblem(null)
    if (!isOn) return chooseAlertTelling({ hasSound: false })
    if (await unlockSound()) return chooseAlertTelling({ hasSound: true })
    setProblem('The browser gives no sound to this page.')
  }

  return (
    <div className={classes.telling}>
      {problem ? <span role="alert">{problem}</span> : null}
      <Checkbox
        size="xs"
        label="Notify on this desktop"
        checked={isNotified && allowed === 'granted'}
        onChange={({ currentTarget }) => void notify(currentTarget.checked)}
      />
      <Checkbox
        size="xs"
        label="Sound"
        checked={hasSound}
        onChange={({ currentTarget }) => void sound(currentTarget.checked)}
      />
    </div>
  )
}
