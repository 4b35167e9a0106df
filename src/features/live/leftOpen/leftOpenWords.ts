import { formatCount } from '#domain/format.ts'
import type { EpochMs } from '#domain/units.ts'
import type { ProbeFinding } from '#sources/probe/findingRows.ts'
import type { ProbesTold } from '#sources/probe/probesTold.ts'
import type { OpenKind } from '#sources/probe/reportShape.ts'
import { refusedReports } from '#state/refusedReports.ts'

type KindWords = {
  title: string
  /** Why it looks forgotten, and why it may be right all the same (docs/probe.md, “Findings”). */
  suspect: string
  excuse: string
}

export const KIND_WORDS: Readonly<Record<OpenKind, KindWords>> = {
  websockets: {
    title: 'WebSockets',
    suspect: 'Still open after the page was left for another one.',
    excuse:
      'Right all the same where an app keeps one for all its pages: one in each document; more than one is a leak.',
  },
  eventsources: {
    title: 'EventSources',
    suspect: 'Still open after the page was left for another one.',
    excuse: 'Right all the same where an app keeps one for all its pages.',
  },
  peerconnections: {
    title: 'Peer connections',
    suspect: 'Not closed, although all it sent has ended and nothing arrives, or it failed.',
    excuse: 'Right all the same where it is kept to be used again.',
  },
  tracks: {
    title: 'Media tracks',
    suspect: 'Live, although no open peer connection sends it and no media element plays it.',
    excuse:
      'Right all the same where Web Audio, a recorder, or an element outside the document uses it: a probe does not see those.',
  },
}

/** In the order in which they stand below each other. */
const KINDS = Object.keys(KIND_WORDS) as OpenKind[]

/** Findings by kind; kinds without any are left out. */
export const byKind = (findings: readonly ProbeFinding[]) =>
  KINDS.map((kind) => ({ kind, rows: findings.filter((one) => one.kind === kind) })).filter(
    ({ rows }) => rows.length > 0,
  )

/** Several in one document are no matter of taste: only one of them can be the app's own. */
export const isSurelyLeft = ({ kind, mostInOne }: ProbeFinding) =>
  kind === 'websockets' && mostInOne > 1

const tabWords = (count: number) =>
  count === 1 ? '1 tab reports' : `${formatCount(count)} tabs report`

/** `7 in 2 places; 12 tabs report`. */
export function summaryWords({ findings, tabs }: ProbesTold): string {
  const open = findings.reduce((sum, { count }) => sum + count, 0)
  const places = findings.length === 1 ? 'one place' : `${formatCount(findings.length)} places`
  return findings.length === 0
    ? tabWords(tabs)
    : `${formatCount(open)} from ${places}; ${tabWords(tabs)}`
}

/** In the place of rows. */
export const emptyWords = ({ tabs }: ProbesTold) =>
  tabs === 0
    ? 'No tab reports now, so nobody can say what is left open.'
    : `Nothing looks forgotten: ${tabWords(tabs)}.`

/** What else should be known; null where nothing should. */
export function remarkWords({ leftOut, refused }: ProbesTold, now: EpochMs): string | null {
  const sentences = [
    leftOut === 0 ? null : `For ${formatCount(leftOut)} more there was no room.`,
    refusedReports(refused, now),
  ].filter((sentence) => sentence !== null)
  return sentences.length === 0 ? null : sentences.join(' ')
}
