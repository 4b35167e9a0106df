import { useMemo } from 'react'
import type { EpochMs } from '#domain/units.ts'
import type { OrgFacts } from '#monitor/orgFacts.ts'
import { useOrgFacts } from '#state/useOrgFacts.ts'
import type { DeskFile } from './deskFile.ts'
import { liveliness } from './followedFile.ts'
import { withFollowed } from './followedMetrics.ts'

/** What is known of the organisation, the metrics of a file that is followed as ones that are now. */
export function useLiveFacts(file: DeskFile | null, now: EpochMs): OrgFacts {
  const facts = useOrgFacts()
  const isNow = file?.kind === 'followed' && liveliness(file, now) !== 'blind'
  const ids = isNow ? file.state.metrics : null
  const paceMs = isNow ? file.state.paceMs : null
  return useMemo(
    () => (ids && paceMs ? { ...facts, metrics: withFollowed(facts.metrics, ids, paceMs) } : facts),
    [facts, ids, paceMs],
  )
}
