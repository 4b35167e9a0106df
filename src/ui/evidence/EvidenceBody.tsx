import { useMemo } from 'react'
import type { EvidenceReport } from '#domain/evidence/evidence.ts'
import { verdictWords } from '#domain/evidence/verdict/verdictWords.ts'
import { formatCount } from '#domain/format.ts'
import { VerdictGlyph } from '../glyphs/VerdictGlyph.tsx'
import { BarRows } from './BarRows.tsx'
import { EnoughCurve } from './EnoughCurve.tsx'
import classes from './Evidence.module.css'
import { FloorsPicture } from './FloorsPicture.tsx'
import { GradesBar } from './GradesBar.tsx'
import { PartSection } from './PartSection.tsx'
import { ShiftHistogram } from './ShiftHistogram.tsx'
import { TrustLine } from './TrustLine.tsx'
import { bandName, bandShare, bandShareText } from '#domain/evidence/parts/dosePart.ts'
import type { EvidencePart } from '#domain/evidence/parts/evidencePart.ts'
import { evidenceParts } from '#domain/evidence/parts/evidenceParts.ts'
import { ratioText } from '#domain/evidence/parts/numberText.ts'
import { POLICY_WORDS } from '#domain/evidence/parts/stormPart.ts'

type Props = {
  report: EvidenceReport
  zone: string
  /** Every number says what it means. */
  isExplained: boolean
}

/** The whole of a report: the verdict, what it rests on, what speaks against it, and what to do. */
export function EvidenceBody({ report, zone, isExplained }: Props) {
  const parts = useMemo(() => evidenceParts(report, zone), [report, zone])
  const { word, sentence, against } = useMemo(() => verdictWords(report, zone), [report, zone])
  return (
    <>
      <div className={classes.headline}>
        <p className={classes.sentence}>
          <VerdictGlyph word={report.verdict.word} /> <b>{word}.</b> {sentence}
        </p>
        {against === '' ? null : <p className={classes.says}>{against}</p>}
        <TrustLine report={report} />
      </div>
      {parts.map((part) => (
        <PartSection
          key={part.id}
          part={part}
          isExplained={isExplained}
          picture={pictureOf(part, report)}
        />
      ))}
    </>
  )
}

function pictureOf({ id, says }: EvidencePart, report: EvidenceReport) {
  const { verdict, profile, leak, storm, enough } = report
  switch (id) {
    case 'dose':
      return <BarRows rows={verdict.dose.map(doseRow)} />
    case 'shifts':
      return verdict.shifts && <ShiftHistogram picture={verdict.shifts} summary={says.join(' ')} />
    case 'grades':
      return <GradesBar grades={profile.grades} />
    case 'leak':
      return leak && <FloorsPicture floors={leak.floors} />
    case 'storm':
      return storm && storm.backoff.length > 0 ? <BarRows rows={policyRows(storm.backoff)} /> : null
    case 'enough':
      return enough?.kind === 'answer' ? (
        <EnoughCurve enough={enough} limit={verdict.limit} />
      ) : null
    default:
      return null
  }
}

const doseRow = (band: EvidenceReport['verdict']['dose'][number]) => ({
  name: bandName(band),
  share: bandShare(band),
  value: bandShareText(band),
  beside:
    band.bins === 0 ? 'no bins' : `${formatCount(band.withErrors)} of ${formatCount(band.bins)}`,
  isLimit: !Number.isFinite(band.to),
})

function policyRows(studies: NonNullable<EvidenceReport['storm']>['backoff']) {
  const most = Math.max(1, ...studies.map(({ attempts }) => attempts))
  return studies.map(({ policy, attempts, amplification }) => ({
    name: POLICY_WORDS[policy],
    share: attempts / most,
    value: formatCount(attempts),
    beside: `× ${ratioText(amplification)}`,
  }))
}
