import { OPEN_KINDS, type OpenKind } from './reportShape.ts'

export type OpenCounts = Record<OpenKind, number>

/** What all documents of one app have open that was opened on one page. */
export type PageRow = OpenCounts & {
  app: string
  page: string
  /** How many documents tell of it now. */
  documents: number
}

export const OTHER_PAGES = ':other'

/**
 * Rows by app and page, kept as long as a document tells of them. Past `mostPages` an app's further
 * pages count together, in its row `:other`, so that invented pages cost no memory.
 */
export function createPageRows(mostPages: number) {
  const rows = new Map<string, PageRow>()
  const totals: OpenCounts = nothingOpen()

  function rowOf(app: string, page: string): PageRow {
    const key = `${app} ${page}`
    const known = rows.get(key)
    if (known) return known
    if (rows.size >= mostPages && page !== OTHER_PAGES) return rowOf(app, OTHER_PAGES)
    const row = { app, page, documents: 0, ...nothingOpen() }
    rows.set(key, row)
    return row
  }

  return {
    totals: totals as Readonly<OpenCounts>,
    all: (): readonly Readonly<PageRow>[] => [...rows.values()],
    /** The row in which a page of one more document counts. */
    take(app: string, page: string): PageRow {
      const row = rowOf(app, page)
      row.documents += 1
      return row
    },
    /** What one document has open there, after what it had. */
    change(row: PageRow, before: Readonly<OpenCounts>, after: Readonly<OpenCounts>) {
      for (const kind of OPEN_KINDS) {
        row[kind] += after[kind] - before[kind]
        totals[kind] += after[kind] - before[kind]
      }
    },
    /** The document is gone. */
    release(row: PageRow) {
      row.documents -= 1
      if (row.documents === 0) rows.delete(`${row.app} ${row.page}`)
    },
  }
}

export const nothingOpen = (): OpenCounts => ({
  websockets: 0,
  eventsources: 0,
  peerconnections: 0,
  tracks: 0,
})
