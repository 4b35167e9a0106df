import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { Kbd } from '#ui/controls/Kbd.tsx'
import { TrustLine } from '#ui/evidence/TrustLine.tsx'
import { StateGlyph } from '#ui/glyphs/StateGlyph.tsx'
import { VerdictGlyph } from '#ui/glyphs/VerdictGlyph.tsx'
import type { Headline } from './evidence/headline.ts'
import { EVIDENCE_BUTTON } from '#state/useEvidencePanel.ts'
import classes from './StatusLine.module.css'

type Props = {
  headline: Headline
  /** How many metrics there are, where that is more than one row of tiles. */
  metrics: number | null
  areAllShown: boolean
  onShowAll: () => void
  /** Opens the evidence; null while it lies open. */
  onEvidence: (() => void) | null
}

const GLYPH_PX = 18

/** The verdict, or the facts, in one line, and under it, always, what speaks against the limit as the cause. */
export function StatusLine({ headline, metrics, areAllShown, onShowAll, onEvidence }: Props) {
  return (
    <section className={classes.status} aria-label="State">
      <Words headline={headline} isBeside={onEvidence === null} />
      <div className={classes.actions}>
        {metrics === null ? null : (
          <Button onClick={onShowAll} aria-expanded={areAllShown}>
            {areAllShown ? 'Six worst metrics' : `All ${metrics} metrics`}
          </Button>
        )}
        {onEvidence ? (
          <Button id={EVIDENCE_BUTTON} onClick={onEvidence} rightSection={<Kbd>E</Kbd>}>
            Evidence
          </Button>
        ) : null}
      </div>
    </section>
  )
}

function Words({ headline, isBeside }: Pick<Props, 'headline'> & { isBeside: boolean }) {
  if (headline.kind === 'facts') {
    const { state, word, sentence, counter } = headline.status
    return (
      <Line
        glyph={<StateGlyph state={state} sizePx={GLYPH_PX} />}
        word={word}
        sentence={sentence}
        counter={counter === '' ? null : counter}
      />
    )
  }
  const { report, words } = headline
  return (
    <Line
      glyph={<VerdictGlyph word={report.verdict.word} sizePx={GLYPH_PX} />}
      word={words.word}
      sentence={words.sentence}
      counter={
        // Open, the evidence says all of this itself, and in full.
        isBeside ? (
          words.opposite
        ) : (
          <>
            <b className={classes.advice}>{words.advice}</b>
            <span>{words.opposite}</span>
            {words.lookalike === '' ? null : (
              <span className={classes.lookalike}>{words.lookalike}</span>
            )}
            <TrustLine report={report} />
          </>
        )
      }
    />
  )
}

type LineProps = { glyph: ReactNode; word: string; sentence: string; counter: ReactNode }

const Line = ({ glyph, word, sentence, counter }: LineProps) => (
  <>
    <p className={classes.word}>
      {glyph}
      {word}
    </p>
    <div>
      <p className={classes.sentence}>{sentence}</p>
      {counter === null ? null : <div className={classes.counter}>{counter}</div>}
    </div>
  </>
)
