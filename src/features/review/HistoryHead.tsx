import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { pageWords } from '#domain/incident/historyHourWords.ts'
import { HOUR_MS } from '#domain/units.ts'
import type { HistoryStripState } from '#monitor/review/historyStrip.ts'
import { showHistory } from '#state/preferences.ts'
import { ProvenanceChip } from '#ui/glyphs/ProvenanceChip.tsx'
import classes from './HistoryStrip.module.css'

type Props = {
  state: HistoryStripState
  zone: string
  /** A page earlier, or later. */
  onPage: (by: 1 | -1) => void
  /** What is said of the hour in hand, or of all of them. */
  children: ReactNode
}

/** Which days are shown of which count, the way to others, and what is said of them. */
export function HistoryHead({ state, zone, onPage, children }: Props) {
  const { page, span, view, hasEarlier } = state
  const metric = view.kind === 'ready' ? view.history.metric : null
  const problem = view.kind === 'ready' ? view.problem : null
  const step = span.stepMs === HOUR_MS ? 'each hour' : 'each 6 h'
  return (
    <header className={classes.head}>
      <PageButton name="14 days earlier" isOff={!hasEarlier} onPress={() => onPage(1)}>
        M6 2.5 2.5 6 6 9.5
      </PageButton>
      <PageButton name="14 days later" isOff={page === 0} onPress={() => onPage(-1)}>
        M3 2.5 6.5 6 3 9.5
      </PageButton>
      <span className={classes.days}>{pageWords(span, zone)}</span>
      {metric ? (
        <>
          <span className={classes.metric}>
            {metric.title}, highest of {step}
          </span>
          <ProvenanceChip provenance={metric.provenance} scope={metric.scope} />
        </>
      ) : null}
      {problem ? <span className={classes.metric}>Not all can be read: {problem}</span> : null}
      <p className={classes.words}>{children}</p>
      <Button size="xs" variant="subtle" onClick={() => showHistory(false)}>
        Hide history
      </Button>
    </header>
  )
}

type PageProps = { name: string; isOff: boolean; onPress: () => void; children: string }

const PageButton = ({ name, isOff, onPress, children }: PageProps) => (
  <button
    type="button"
    className={classes.page}
    aria-label={name}
    title={name}
    disabled={isOff}
    onClick={onPress}
  >
    <svg width="9" height="12" aria-hidden="true">
      <path d={children} fill="none" stroke="currentColor" strokeWidth="1.4" />
    </svg>
  </button>
)
