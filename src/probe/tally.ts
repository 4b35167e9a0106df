/** What happened on one page since its document was loaded: counts that only grow. */
export type Counts = {
  /** WebSockets asked for. */
  attempts: number
  opened: number
  /** Closed in good order: 1000, 1001, or without a code (1005). */
  closed: number
  /** Closed with any other code, or without an answer to the app's own close. */
  closedOddly: number
  /** Gone without a word after it was open (1006), and the app had not closed it. */
  dropped: number
  /** 1006 before it was open: refused or unreachable, a page cannot know which. */
  refused: number
  /** Closed by the app before it was open. */
  givenUp: number
  /** What failed beside WebSockets: a class that threw, an EventSource that ended, media refused. */
  failures: number
}

/** A document that is given more pages than these counts the others together, and stays small. */
const MOST_PAGES = 8
const OTHER_PAGES = ':other'

export type Tally = Counts & { page: string; failedAt: number }

/** Counts by page. */
export function createTallies() {
  const tallies = new Map<string, Tally>()
  return {
    /** The tally that a page counts in. */
    of(page: string): Tally {
      const key = tallies.has(page) || tallies.size < MOST_PAGES ? page : OTHER_PAGES
      let tally = tallies.get(key)
      if (!tally) {
        tally = {
          page: key,
          attempts: 0,
          opened: 0,
          closed: 0,
          closedOddly: 0,
          dropped: 0,
          refused: 0,
          givenUp: 0,
          failures: 0,
          failedAt: 0,
        }
        tallies.set(key, tally)
      }
      return tally
    },
    all: () => [...tallies.values()],
  }
}
