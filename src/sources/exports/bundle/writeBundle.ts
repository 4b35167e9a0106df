import type { EvidenceReport } from '#domain/evidence/evidence.ts'
import { THIN_SPACE } from '#domain/format.ts'
import { findingsOf } from '#domain/incident/findingsOf.ts'
import type { Incident } from '#domain/incident/incident.ts'
import { partTitle } from '../../imports/bundle/partTitle.ts'
import { reportCss } from '../report/reportCss.ts'
import { reportHtml } from '../report/reportHtml.ts'
import { bundleCss } from './bundleCss.ts'
import { BundleError } from './bundleError.ts'
import { type BundlePart, MANIFEST_PART, MOST_BUNDLE_BYTES, VIEWER_PART } from './bundleFormat.ts'
import { bundlePage, viewerText } from './bundlePage.ts'
import { bundleParts } from './bundleParts.ts'
import { manifestOf, manifestText } from './manifest.ts'
import { sha256Of } from './sha256.ts'

/** An incident as one file. */
export type WrittenBundle = {
  html: string
  /** SHA-256 over all of its data and the code that checks it: what to tell who receives it. */
  fingerprint: string
  bytes: number
}

/**
 * Writes an incident as one HTML file that shows itself, holds what its verdict follows from, and the
 * code to work that out again. `report` is that of `incidentEvidence`; `viewerCode` is the built
 * `viewer.ts`. Throws BundleError above 10 MB.
 */
export function writeBundle(
  incident: Incident,
  report: EvidenceReport,
  viewerCode: string,
): WrittenBundle {
  const parts: BundlePart[] = [
    ...bundleParts(incident, report),
    { part: VIEWER_PART, text: viewerText(viewerCode) },
  ]
  const manifest = manifestText(manifestOf(parts))
  const page = bundlePage({
    title: `${incident.title || 'Incident'} · Tidemark`,
    css: reportCss + bundleCss,
    report: reportHtml(incident, findingsOf(incident, report)),
    parts: [{ part: MANIFEST_PART, text: manifest }, ...parts],
  })
  const bytes = new TextEncoder().encode(page).length
  if (bytes > MOST_BUNDLE_BYTES) throw new BundleError('tooLarge', tooLarge(bytes, parts, incident))
  return { html: page, fingerprint: sha256Of(manifest), bytes }
}

const NAMED = 3

function tooLarge(bytes: number, parts: readonly BundlePart[], incident: Incident): string {
  const largest = parts
    .filter(({ part }) => part !== VIEWER_PART)
    .toSorted((a, b) => b.text.length - a.text.length)
    .slice(0, NAMED)
    .map(({ part, text }) => `${partTitle(part, incident)} ${megabytes(text.length)}`)
  return `The bundle would have ${megabytes(bytes)}, and ${megabytes(MOST_BUNDLE_BYTES)} is the most. The largest in it: ${largest.join(', ')}. Choose a shorter window, or fewer series.`
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)}${THIN_SPACE}MB`
