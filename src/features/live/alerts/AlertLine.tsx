import { Button } from '@mantine/core'
import { formatClock, formatCount } from '#domain/format.ts'
import type { EpochMs } from '#domain/units.ts'
import type { AlertDesk } from '#monitor/alerts/alertDesk.ts'
import { useMonitor } from '#state/MonitorProvider.tsx'
import { useAlerts } from '#state/useAlerts.ts'
import { useNow } from '#state/useNow.ts'
import { Banner } from '#ui/notes/Banner.tsx'
import { Acknowledge } from './Acknowledge.tsx'
import { inUrgency, shownAlert } from './shownAlert.ts'

type Props = {
  desk: AlertDesk
  zone: string
  onShow: (window: { from: EpochMs; to: EpochMs }) => void
}

/** The most urgent of the alerts that fire, and how many there are beside it. Nothing while none does. */
export function AlertLine({ desk, zone, onShow }: Props) {
  const monitor = useMonitor()
  const { active } = useAlerts(desk)
  // Its words tell how bad it is now.
  useNow(monitor.now, 1_000)
  const [first, ...others] = inUrgency(active)
  if (!first) return null
  const { state, title, sentence, window } = shownAlert(first, monitor, zone)
  const seen = first.acknowledged
  return (
    <Banner
      state={state}
      actions={
        <>
          {seen ? null : <Acknowledge onAcknowledge={(by) => desk.acknowledge(first.id, by)} />}
          <Button size="xs" onClick={() => onShow(window)}>
            Show window
          </Button>
        </>
      }
    >
      <b>{title}</b>: {sentence}
      {seen ? ` Seen by ${seen.by}, ${formatClock(seen.at, zone, 'minutes')}.` : ''}
      {others.length > 0 ? ` ${formatCount(others.length)} more below.` : ''}
    </Banner>
  )
}
