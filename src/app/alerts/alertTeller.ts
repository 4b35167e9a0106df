import { type AlertContext, alertWords, messageTitle } from '#domain/alerts/alertWords.ts'
import type { AlertMessage } from '#domain/alerts/announcements.ts'
import type { Organisation } from '#domain/organisation.ts'
import { usePreferencesStore, zoneNameOf } from '#state/preferences.ts'
import type { Chime } from '#state/chime.ts'
import type { AlertLink } from './alertLinks.ts'
import { permission } from './tellingOf.ts'

/** More lines than these no notification shows. */
const MOST_LINES = 5

type Options = {
  chime: Chime
  /** Shows a window of an organisation. */
  open: (link: AlertLink) => void
}

/** Tells people of alerts as they have chosen: by a notification of the desktop, by a sound. */
export function createAlertTeller({ chime, open }: Options) {
  function notify(organisation: Organisation, message: AlertMessage, context: AlertContext) {
    const lines = message.lines.map((line) => alertWords(line, context))
    const [first] = lines
    if (!first) return
    const body =
      lines.length === 1
        ? first.sentence
        : lines.slice(0, MOST_LINES).map(({ title, sentence }) => `${title}. ${sentence}`)
    const title = [
      message.audience === 'tester' ? 'Load test: ' : '',
      messageTitle(message, context),
      organisation.simulation === null ? '' : ' (simulated)',
    ].join('')
    const shown = new Notification(title, {
      body: typeof body === 'string' ? body : body.join('\n'),
      icon: '/tidemark.svg',
      tag: `${organisation.id} ${message.at}`,
    })
    shown.addEventListener('click', () => {
      window.focus()
      open({ org: organisation.id, ...first.window })
      shown.close()
    })
  }

  return (
    organisation: Organisation,
    message: AlertMessage,
    context: Omit<AlertContext, 'zone'>,
  ) => {
    const { alertTelling, zone } = usePreferencesStore.getState()
    const fired = message.lines.filter(({ kind }) => kind === 'fired')
    if (alertTelling.hasSound && fired.length > 0)
      chime.play(fired.some(({ alert }) => alert.severity === 'critical') ? 'critical' : 'warn')
    if (alertTelling.isNotified && permission() === 'granted')
      notify(organisation, message, { ...context, zone: zoneNameOf(zone) })
  }
}
