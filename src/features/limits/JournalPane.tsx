import { useState } from 'react'
import { formatDate, formatZone } from '#domain/format.ts'
import { type JournalWords, journalWords } from '#domain/limits/journalWords.ts'
import type { JournalEntry } from '#domain/limits/limitJournal.ts'
import { rejudgedWords } from '#domain/limits/rejudgedWords.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import type { EpochMs, MetricId } from '#domain/units.ts'
import type { RejudgedView, Rejudging } from '#monitor/limits/rejudging.ts'
import { useRejudged } from '#state/useRejudged.ts'
import { LinkButton } from '#ui/controls/LinkButton.tsx'
import classes from './JournalPane.module.css'
import { UnexplainedGlyph } from './UnexplainedGlyph.tsx'

type Props = {
  journal: readonly JournalEntry[]
  metrics: readonly Metric[]
  zone: string
  /** Since when the registry has been read; null: not yet. */
  since: EpochMs | null
  rejudging: Rejudging
  /** What a change did is asked for. */
  onRaise: (metric: MetricId, at: EpochMs) => void
}

/** So many stand there at first: what is older is asked for. */
const SHOWN = 40
/** Of so many it is worked out what they moved, where they were learnt late. */
const JUDGED = 8

/** Every change of a limit that is known, newest first. */
export function JournalPane({ journal, metrics, zone, since, rejudging, onRaise }: Props) {
  const [isWhole, setIsWhole] = useState(false)
  const titles = new Map(metrics.map(({ id, title }) => [id, title]))
  const shown = isWhole ? journal : journal.slice(0, SHOWN)
  const flagged = journal.filter(({ explanation }) => explanation.kind === 'unexplained').length
  return (
    <section className={classes.pane} aria-labelledby="journal-heading">
      <h2 id="journal-heading" className={classes.title}>
        Journal of changes
      </h2>
      <p className={classes.intro}>
        {since === null
          ? 'The registry has not been read yet.'
          : `The registry is read since ${formatDate(since, zone)}; what changed before is known from requests and feeds. Times in ${formatZone(since, zone)}.`}
        {flagged > 0 ? ` ${flagged} without an explanation.` : ''}
      </p>
      {journal.length === 0 ? (
        <p className={classes.empty}>No limit has changed as far as is known.</p>
      ) : (
        <ol className={classes.list}>
          {shown.map((entry, i) => (
            <Entry
              key={entry.id}
              entry={entry}
              name={nameOf(entry, titles)}
              words={journalWords(entry, zone)}
              zone={zone}
              rejudging={rejudging}
              isJudged={i < JUDGED}
              onRaise={onRaise}
            />
          ))}
        </ol>
      )}
      {shown.length < journal.length ? (
        <LinkButton onClick={() => setIsWhole(true)}>
          {`${journal.length - shown.length} older changes`}
        </LinkButton>
      ) : null}
    </section>
  )
}

function nameOf({ key, metric }: JournalEntry, titles: ReadonlyMap<string, string>): string {
  if (key) return key.key
  return (metric && titles.get(metric)) ?? metric ?? 'A limit'
}

type EntryProps = Pick<Props, 'onRaise' | 'rejudging' | 'zone'> & {
  /** Whether what it moved is worked out without being asked for. */
  isJudged: boolean
  entry: JournalEntry
  name: string
  words: JournalWords
}

function Entry({ entry, name, words, zone, rejudging, isJudged, onRaise }: EntryProps) {
  const judged = useRejudged(rejudging, entry, isJudged)
  const { metric, from, to, kind, latest } = entry
  const isCharted = metric !== null && kind === 'effective' && from !== null && to !== null
  return (
    <li className={classes.entry}>
      <p className={classes.head}>
        <span>{words.when}</span>
        <span className={classes.tag}>
          {words.isFlagged ? <UnexplainedGlyph /> : null}
          {words.tag}
        </span>
      </p>
      <p className={classes.change}>
        {name} <b>{words.change}</b>
      </p>
      {words.sentences.map((sentence) => (
        <p key={sentence} className={classes.said}>
          {sentence}
        </p>
      ))}
      {judged ? <p className={classes.said}>{judgedWords(judged, zone)}</p> : null}
      {isCharted ? (
        <LinkButton onClick={() => onRaise(metric, latest)}>Before and after</LinkButton>
      ) : null}
    </li>
  )
}

function judgedWords(view: RejudgedView, zone: string): string {
  switch (view.kind) {
    case 'working':
      return 'What it moved is being worked out…'
    case 'ready':
      return rejudgedWords(view.found, zone)
    case 'tooOld':
      return 'Samples of then are not kept any more: nothing can be judged anew.'
    case 'failed':
      return `What it moved could not be worked out: ${view.message}`
  }
}
