import type { Finding } from './findings.ts'
import { KINDS, type Open } from './held.ts'
import type { Tally } from './tally.ts'

/** Who reports, and at which moment of its life. */
export type Moment = {
  app: string
  /** Random; of the tab, and of the document in it. */
  tab: string
  doc: string
  /** Grows with every report of a document. */
  seq: number
  atMs: number
  /** A hidden tab is slowed down by the browser: the next report may be a minute away. */
  isHidden: boolean
  /** The document goes away, and the browser closes all it holds. */
  isLast: boolean
}

/** One report as text, version 1 (docs/probe.md, "What a report says"). */
export const reportOf = (
  moment: Moment,
  tallies: readonly Tally[],
  open: readonly Open[],
  findings: readonly Finding[],
): string =>
  JSON.stringify({
    version: 1,
    ...moment,
    pages: tallies.map((tally) => {
      const { failedAt, ...counts } = tally
      return {
        ...counts,
        failedAgoMs: failedAt ? Math.max(0, moment.atMs - failedAt) : null,
        ...Object.fromEntries(
          KINDS.map((kind) => [
            kind,
            open.filter(({ held }) => held.kind === kind && held.tally === tally).length,
          ]),
        ),
      }
    }),
    findings,
  })
