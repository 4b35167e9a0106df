import type { OpenKind, ProbeReport } from './reportShape.ts'

/**
 * What looks forgotten, by the line that opened it. `websockets`: open after the page was left.
 * `peerconnections`: nothing comes over them any more. `tracks`: nothing uses them. It is a hint: one
 * WebSocket per document is how an app looks that keeps one for all its pages.
 */
export type ProbeFinding = {
  app: string
  kind: OpenKind
  page: string
  /** `https://host/app.js:12`; empty where it is not known. */
  place: string
  /** In how many tabs and documents, how many in all, how many in the document that has most. */
  tabs: number
  documents: number
  count: number
  mostInOne: number
  /** How long the oldest has looked so. */
  oldestMs: number
}

type Row = { key: string; app: string; kind: OpenKind; page: string; place: string; uses: number }

/** One document's share in a finding. */
export type FindingShare = { row: Row; count: number; ageMs: number }

/** Findings of all documents, whose words are kept once. */
export function createFindingRows(mostRows: number) {
  const rows = new Map<string, Row>()
  let leftOut = 0
  return {
    /** The shares of a report; what finds no room is counted, and left out. */
    take(app: string, findings: ProbeReport['findings']): FindingShare[] {
      return findings.flatMap(({ kind, page, place, count, ageMs }) => {
        const key = `${app} ${kind} ${page} ${place}`
        let row = rows.get(key)
        if (!row) {
          if (rows.size >= mostRows) {
            leftOut += 1
            return []
          }
          row = { key, app, kind, page, place, uses: 0 }
          rows.set(key, row)
        }
        row.uses += 1
        return [{ row, count, ageMs }]
      })
    },
    release(shares: readonly FindingShare[]) {
      for (const { row } of shares) {
        row.uses -= 1
        if (row.uses === 0) rows.delete(row.key)
      }
    },
    leftOut: () => leftOut,
  }
}

type Suspect = { tab: string; findings: readonly FindingShare[] }

/** The findings that documents' shares come to, those with most in one document first. */
export function findingsOf(documents: Iterable<Suspect>): ProbeFinding[] {
  const found = new Map<Row, ProbeFinding>()
  const tabs = new Map<Row, Set<string>>()
  for (const { tab, findings } of documents) {
    for (const { row, count, ageMs } of findings) {
      const { app, kind, page, place } = row
      const none = { tabs: 0, documents: 0, count: 0, mostInOne: 0, oldestMs: 0 }
      const finding = found.get(row) ?? { app, kind, page, place, ...none }
      const known = tabs.get(row) ?? new Set()
      tabs.set(row, known.add(tab))
      finding.tabs = known.size
      finding.documents += 1
      finding.count += count
      finding.mostInOne = Math.max(finding.mostInOne, count)
      finding.oldestMs = Math.max(finding.oldestMs, ageMs)
      found.set(row, finding)
    }
  }
  return [...found.values()].sort((a, b) => b.mostInOne - a.mostInOne || b.count - a.count)
}
