import type { EvidenceReport } from '#domain/evidence/evidence.ts'
import { ProvenanceChip } from '../glyphs/ProvenanceChip.tsx'
import classes from './Evidence.module.css'
import { clockWords, coverageWords } from '#domain/evidence/parts/trustWords.ts'

/** How far to trust a headline: what was covered, where the numbers come from, how far the clocks may be apart. */
export function TrustLine({ report }: { report: EvidenceReport }) {
  const { subject, clockErrorMs } = report
  return (
    <p className={classes.trust}>
      {subject ? (
        <>
          <span>{subject.title}</span>
          <ProvenanceChip provenance={subject.provenance} scope={subject.scope} />
        </>
      ) : null}
      <span>{coverageWords(report)}</span>
      <span>{clockWords(clockErrorMs)}</span>
    </p>
  )
}
