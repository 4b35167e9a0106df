import { useMemo } from 'react'
import { limitJournal } from '#domain/limits/limitJournal.ts'
import { limitRows } from '#domain/limits/limitRows.ts'
import { useMonitor } from '#state/MonitorProvider.tsx'
import { metricUse } from '#state/metricUse.ts'
import { useNow } from '#state/useNow.ts'
import { useOrgFacts } from '#state/useOrgFacts.ts'
import { limitFilters } from './limitGroups.ts'

/** Numbers are read again this often: a limit is not watched by the second here. */
const READ_EVERY_MS = 2_000

/** Everything the screen lists: rows as they are now, the journal, and what the filters let through. */
export function useLimitTable() {
  const monitor = useMonitor()
  const facts = useOrgFacts()
  const now = useNow(monitor.now, READ_EVERY_MS)
  const { metrics, limits, toldLimits, registry: book, limitSettings: settings, sources } = facts
  const journal = useMemo(
    () => limitJournal({ book, metrics, told: toldLimits, settings }),
    [book, metrics, toldLimits, settings],
  )
  const rows = useMemo(
    () =>
      limitRows({
        metrics,
        limits,
        book,
        settings,
        now,
        inUseOf: (metric) => metricUse({ sources }, monitor.series, metric, now),
      }),
    [metrics, limits, book, settings, now, sources, monitor],
  )
  const filters = useMemo(() => limitFilters(journal, now), [journal, now])
  return { facts, now, rows, journal, filters }
}
