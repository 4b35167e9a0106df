import { Button } from '@mantine/core'
import { useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react'
import type { EpochMs, OrgId } from '#domain/units.ts'
import { mayPass } from '#sources/history/prometheus/lookForReturn.ts'
import type { Past } from '#sources/history/prometheus/historyPerOrganisation.ts'
import { useNow } from '#state/useNow.ts'
import { Banner } from '#ui/notes/Banner.tsx'
import { pastWords, problemsWithin, type Span } from './pastWords.ts'

type Props = {
  past: Past
  org: OrgId
  /** What is on the screen at an instant; null: whatever is known. */
  windowAt: (now: EpochMs) => Span | null
  clock: () => EpochMs
  zone: string
  /** Reads what the screen shows anew. */
  onAgain: () => void
}

/** A window that moves leaves what was lacking behind. */
const LOOK_EVERY_MS = 10_000

/**
 * One line about the past that comes from Prometheus: that it is being waited for, or what of it is
 * lacking. Gone when the newest reading is whole, or hidden until something else is lacking.
 */
export function PastNotice({ past, org, windowAt, clock, zone, onAgain }: Props) {
  const { isSlow, problems } = useSyncExternalStore(past.subscribe, () => past.state(org))
  const now = useNow(clock, LOOK_EVERY_MS)
  const [hidden, setHidden] = useState<string | null>(null)
  const shown = problemsWithin(problems, windowAt(now))
  const again = () => {
    past.again(org)
    onAgain()
  }
  const isAway = shown.some(mayPass)
  const readOnReturn = useEffectEvent(again)
  useEffect(() => {
    if (isAway) return past.whenBack(org, () => readOnReturn())
  }, [past, org, isAway])
  if (isSlow) return <Banner state="loading">Older history is being read from Prometheus..</Banner>
  const words = pastWords(shown, zone)
  if (words === null || words === hidden) return null
  return (
    <Banner
      state={shown.every(({ kind }) => kind === 'empty') ? 'unknown' : 'warn'}
      actions={
        <>
          <Button size="xs" onClick={again}>
            Try again
          </Button>
          <Button size="xs" onClick={() => setHidden(words)}>
            Hide
          </Button>
        </>
      }
    >
      {words}
      {isAway && ' It is read as soon as Prometheus answers again.'}
    </Banner>
  )
}
