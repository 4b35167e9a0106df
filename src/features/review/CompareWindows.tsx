import { Button } from '@mantine/core'
import type { ComparedWindows } from '#domain/incident/comparisonRow.ts'
import type { Comparison, Incident, Span } from '#domain/incident/incident.ts'
import { comparedTable } from '#sources/exports/words/comparedTable.ts'
import { RangePopover } from '#ui/controls/RangePopover.tsx'
import { StateGlyph } from '#ui/glyphs/StateGlyph.tsx'
import classes from './CompareWindows.module.css'
import { defaultComparison } from './defaultComparison.ts'
import { TextTableView } from './TextTableView.tsx'

type Props = {
  incident: Incident
  /** Null while nothing is compared, or it is worked out. */
  compared: ComparedWindows | null
  /** A part that the charts are zoomed to: it can become either window. */
  zoomed: Span | null
  onCompare: (comparison: Comparison | null) => void
}

const WORDS: Readonly<Record<ComparedWindows['word'], string>> = {
  worked: 'Worked',
  'did-not': 'Did not work',
  'load-not-comparable': 'Load not comparable',
  'cannot-tell': 'Cannot tell',
  difference: 'A difference',
  'no-difference': 'No difference shown',
}

/** Two windows held against each other, each measured from its own start. */
export function CompareWindows({ incident, compared, zoomed, onCompare }: Props) {
  const { comparison, zone } = incident
  if (!comparison)
    return (
      <section className={classes.part} aria-labelledby="compare-heading">
        <header className={classes.head}>
          <h2 id="compare-heading">Compare two windows</h2>
          <p>Before and after a change, or two iterations.</p>
          <Button onClick={() => onCompare(defaultComparison(incident))}>Compare</Button>
        </header>
      </section>
    )
  const picker = (which: 'a' | 'b') => (
    <RangePopover
      {...comparison[which]}
      zone={zone}
      name={`Window ${which.toUpperCase()}`}
      lengths={[]}
      onLength={() => undefined}
      onRange={(from, to) => onCompare({ ...comparison, [which]: { from, to } })}
    />
  )
  return (
    <section className={classes.part} aria-labelledby="compare-heading">
      <header className={classes.head}>
        <h2 id="compare-heading">
          {compared ? (
            <>
              <StateGlyph state={glyphOf(compared.word)} /> {WORDS[compared.word]}
            </>
          ) : (
            'Comparing'
          )}
        </h2>
        <p>{compared ? besideWord(compared) : ''}</p>
        <Button variant="subtle" onClick={() => onCompare(null)}>
          Stop comparing
        </Button>
      </header>
      <div className={classes.windows}>
        <span>A</span> {picker('a')} <span>B</span> {picker('b')}
        <Button size="xs" onClick={() => onCompare({ a: comparison.b, b: comparison.a })}>
          Swap
        </Button>
        {zoomed ? (
          <>
            <Button size="xs" onClick={() => onCompare({ ...comparison, a: zoomed })}>
              A is what is shown
            </Button>
            <Button size="xs" onClick={() => onCompare({ ...comparison, b: zoomed })}>
              B is what is shown
            </Button>
          </>
        ) : null}
      </div>
      {compared ? <TextTableView table={withoutSentence(incident, compared)} /> : null}
    </section>
  )
}

/** The sentence stands in the heading already. */
function withoutSentence(incident: Incident, compared: ComparedWindows) {
  const table = comparedTable(incident, compared)
  return { ...table, remarks: table.remarks.filter((remark) => remark !== compared.sentence) }
}

/** The sentence without the word that the heading says. */
function besideWord({ word, sentence }: ComparedWindows) {
  const said = `${WORDS[word]}. `
  return sentence.startsWith(said) ? sentence.slice(said.length) : sentence
}

const glyphOf = (word: ComparedWindows['word']) =>
  word === 'worked'
    ? 'ok'
    : word === 'did-not'
      ? 'critical'
      : word === 'difference'
        ? 'warn'
        : 'unknown'
