import type { ReportedTo } from '#sources/probe/probeMetrics.ts'
import { PROBE_METRICS } from '#sources/probe/probeMetrics.ts'
import type { ReadProbes } from '#state/queries/probesQuery.ts'
import { useOrgFacts } from '#state/useOrgFacts.ts'
import { LeftOpenPane } from './LeftOpenPane.tsx'

type Props = {
  /** Who can be asked; null where there is nobody. */
  readers: Readonly<Record<ReportedTo, ReadProbes | null>>
}

const PLACES: readonly ReportedTo[] = ['tab', 'recorder']

/** What connection probes take for forgotten. Nothing at all where no probe reports. */
export function LeftOpen({ readers }: Props) {
  const { metrics } = useOrgFacts()
  const known = PLACES.flatMap((place) => {
    const read = readers[place]
    // A feed that tells no series of probes is not asked about them.
    const isTold = place === 'tab' || metrics.some(({ id }) => id === PROBE_METRICS[place].tabs)
    return read && isTold ? [{ place, read }] : []
  })
  return known.map(({ place, read }) => (
    <LeftOpenPane key={place} reportedTo={place} read={read} isAlone={known.length === 1} />
  ))
}
