import { Button } from '@mantine/core'
import { verdictWords } from '#domain/evidence/verdict/verdictWords.ts'
import type { Tier } from '#domain/timeline/tierWords.ts'
import type { FindingsView } from '#monitor/review/reviewState.ts'
import { EVIDENCE_BUTTON } from '#state/useEvidencePanel.ts'
import { Kbd } from '#ui/controls/Kbd.tsx'
import { noVerdictWords } from '#ui/evidence/noVerdictWords.ts'
import { TrustLine } from '#ui/evidence/TrustLine.tsx'
import { StateGlyph } from '#ui/glyphs/StateGlyph.tsx'
import { VerdictGlyph } from '#ui/glyphs/VerdictGlyph.tsx'
import classes from './VerdictSummary.module.css'

type Props = {
  view: FindingsView
  /** Steps in the place of the samples that a verdict needs; null: there are samples. */
  unjudged: Tier | null
  zone: string
  onEvidence: () => void
}

const GLYPH_PX = 16

/** The verdict with its numbers, what speaks against it, and how far to trust it. */
export function VerdictSummary({ view, unjudged, zone, onEvidence }: Props) {
  if (unjudged) return <NoVerdict tier={unjudged} onEvidence={onEvidence} />
  const findings =
    view.kind === 'ready' ? view.findings : view.kind === 'computing' ? view.last : null
  return (
    <section
      className={classes.verdict}
      aria-label="Verdict"
      aria-busy={view.kind === 'computing'}
      data-old={view.kind === 'computing'}
    >
      <header className={classes.head}>
        <h2>
          {findings ? (
            <VerdictGlyph word={findings.report.verdict.word} sizePx={GLYPH_PX} />
          ) : (
            <StateGlyph state={view.kind === 'failed' ? 'critical' : 'loading'} sizePx={GLYPH_PX} />
          )}
          {findings ? verdictWords(findings.report, zone).word : standIn(view)}
        </h2>
        <EvidenceButton onEvidence={onEvidence} />
      </header>
      {findings ? <Words report={findings.report} zone={zone} /> : null}
      {view.kind === 'failed' ? <p>Reason: {view.message}.</p> : null}
    </section>
  )
}

function NoVerdict({ tier, onEvidence }: { tier: Tier; onEvidence: () => void }) {
  const { title, reason } = noVerdictWords(tier)
  return (
    <section className={classes.verdict} aria-label="Verdict">
      <header className={classes.head}>
        <h2>
          <VerdictGlyph word="cannot-tell" sizePx={GLYPH_PX} />
          {title}
        </h2>
        <EvidenceButton onEvidence={onEvidence} />
      </header>
      <p>{reason}</p>
    </section>
  )
}

const EvidenceButton = ({ onEvidence }: Pick<Props, 'onEvidence'>) => (
  <Button id={EVIDENCE_BUTTON} onClick={onEvidence} rightSection={<Kbd>E</Kbd>}>
    Evidence
  </Button>
)

const standIn = (view: FindingsView) =>
  view.kind === 'failed' ? 'Could not be worked out' : 'Working it out …'

function Words({ report, zone }: { report: Parameters<typeof verdictWords>[0]; zone: string }) {
  const { sentence, opposite, advice } = verdictWords(report, zone)
  return (
    <>
      <p>{sentence}</p>
      {opposite === '' ? null : <p className={classes.quiet}>{opposite}</p>}
      {advice === '' ? null : <p className={classes.advice}>{advice}</p>}
      <div className={classes.trust}>
        <TrustLine report={report} />
      </div>
    </>
  )
}
