import type { ReactNode } from 'react'
import type { Provenance, Scope } from '#domain/metrics/metric.ts'
import { SCOPE_WORDS } from '#domain/metrics/scopeWords.ts'
import classes from './ProvenanceChip.module.css'

type Props = { provenance: Provenance; scope: Scope }

const SHAPES: Readonly<Record<Provenance, ReactNode>> = {
  measured: <rect x=".5" y=".5" width="8" height="8" fill="var(--ink2)" />,
  proxy: (
    <>
      <rect x="1" y="1" width="7" height="7" fill="none" stroke="var(--ink2)" />
      <rect x="1" y="1" width="3.5" height="7" fill="var(--ink2)" />
    </>
  ),
  estimated: (
    <rect
      x="1"
      y="1"
      width="7"
      height="7"
      fill="none"
      stroke="var(--ink2)"
      strokeDasharray="2 1.5"
    />
  ),
}

/** The shape of a provenance, 9 px. Put its word beside it. */
export function ProvenanceGlyph({
  provenance,
  sizePx = 9,
}: {
  provenance: Provenance
  sizePx?: number
}) {
  return (
    <svg width={sizePx} height={sizePx} viewBox="0 0 9 9" aria-hidden="true">
      {SHAPES[provenance]}
    </svg>
  )
}

/** How a number came to be and whose use it covers: "■ measured · organisation". */
export function ProvenanceChip({ provenance, scope }: Props) {
  return (
    <span className={classes.chip}>
      <ProvenanceGlyph provenance={provenance} />
      <span>
        <b>{provenance}</b> · {SCOPE_WORDS[scope]}
      </span>
    </span>
  )
}
