import { useMemo } from 'react'
import type { EvidenceView } from '#monitor/evidence/evidenceWatch.ts'
import type { FloorLine } from '#ui/charts/chartData.ts'
import type { PanelPlan } from '#domain/metrics/panelPlan.ts'
import type { LiveData } from '../useLiveData.ts'
import type { ShownWindow } from '../useShownWindow.ts'
import { type Finding, findingsOf } from './findings.ts'
import { floorLine } from './floorLine.ts'
import { type Headline, headlineOf } from './headline.ts'

type Known = {
  evidence: EvidenceView
  data: Pick<LiveData, 'status' | 'tiles'>
  shown: Pick<ShownWindow, 'rollingMs'>
  plan: PanelPlan
  zone: string
}

type ShownEvidence = {
  headline: Headline
  findings: readonly Finding[]
  /** Of the connections, where it is they that were judged. */
  floors: FloorLine | null
}

const NO_FINDINGS: readonly Finding[] = []

/** What the screen itself says of the evidence, also while the drawer is closed. */
export function useShownEvidence({ evidence, data, shown, plan, zone }: Known): ShownEvidence {
  const report = evidence.kind === 'ready' ? evidence.report : null
  const { status, tiles } = data
  const isNow = shown.rollingMs !== null
  const headline = useMemo(
    () => headlineOf({ status, evidence, tiles, isNow, zone }),
    [status, evidence, tiles, isNow, zone],
  )
  const findings = useMemo(() => (report ? findingsOf(report, zone) : NO_FINDINGS), [report, zone])
  const isCharted = report?.subject?.metric === plan.connections[0]?.id
  const leak = (isCharted && report?.leak) || null
  const floors = useMemo(() => floorLine(leak), [leak])
  return { headline, findings, floors }
}
