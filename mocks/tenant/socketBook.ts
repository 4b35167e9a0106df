import { identifier, STREAM } from '../model/noise.ts'

/** What happened at the door for sockets, oldest first; `seq` counts over all time. */
export type BookEntry =
  | { kind: 'sample'; atMs: number; open: number; attempts: number }
  | { kind: 'limit'; atMs: number; value: number }
  | {
      kind: 'refused'
      atMs: number
      route: string
      app: string
      count: number
      correlationId: string
    }

export type Admission =
  | { isOpen: true; release: () => void }
  | { isOpen: false; correlationId: string }

export type SocketBook = ReturnType<typeof createSocketBook>

/** Refused handshakes of one second that are told one by one; the rest is counted together. */
const SINGLE_REFUSALS_PER_SEC = 50
const KEPT_ENTRIES = 200_000
const LONGEST_FILL_SEC = 3600

/**
 * Counts real sockets against a cap and remembers it: a sample at every change and on every whole
 * second, so that nothing between two polls is lost. Seconds are filled in when somebody looks or
 * something changes, which needs no timer and follows a steered clock. Without a cap everything is
 * let in.
 */
export function createSocketBook(options: { seed: number; cap: number | null; now: () => number }) {
  const { seed, now } = options
  const entries: BookEntry[] = []
  let cap = options.cap
  let dropped = 0
  let readTo = 0
  let open = 0
  let attempts = 0
  let refusals = 0
  let lastSampleMs = now() - 1
  let second = { at: 0, told: 0 }
  let folded: (BookEntry & { kind: 'refused' }) | null = null

  function append(entry: BookEntry) {
    entries.push(entry)
    if (entries.length <= KEPT_ENTRIES * 1.1) return
    dropped += entries.length - KEPT_ENTRIES
    entries.splice(0, entries.length - KEPT_ENTRIES)
  }

  function sampleAt(atMs: number) {
    const last = entries.at(-1)
    const isUnread = dropped + entries.length > readTo
    if (last?.kind === 'sample' && last.atMs === atMs && isUnread) {
      last.open = open
      last.attempts += attempts
    } else {
      // Two samples of one instant would replace each other: the second is a moment later.
      lastSampleMs = Math.max(atMs, lastSampleMs + 1)
      append({ kind: 'sample', atMs: lastSampleMs, open, attempts })
    }
    attempts = 0
  }

  /** Writes down the seconds since the last sample, and refusals that were counted together. */
  function catchUp() {
    const nowMs = now()
    if (folded && Math.floor(folded.atMs / 1000) < Math.floor(nowMs / 1000)) {
      append(folded)
      folded = null
    }
    const from = Math.max(
      Math.floor(lastSampleMs / 1000) + 1,
      Math.floor(nowMs / 1000) - LONGEST_FILL_SEC,
    )
    for (let sec = from; sec <= Math.floor(nowMs / 1000); sec += 1) sampleAt(sec * 1000)
  }

  function change(by: 1 | -1) {
    catchUp()
    open += by
    sampleAt(now())
  }

  function refuse(route: string, app: string): string {
    catchUp()
    attempts += 1
    refusals += 1
    const atMs = now()
    const correlationId = identifier(seed, refusals, STREAM.request)
    const sec = Math.floor(atMs / 1000)
    if (second.at !== sec) second = { at: sec, told: 0 }
    second.told += 1
    if (second.told <= SINGLE_REFUSALS_PER_SEC)
      append({ kind: 'refused', atMs, route, app, count: 1, correlationId })
    else if (folded && folded.route === route) folded.count += 1
    else {
      if (folded) append(folded)
      folded = { kind: 'refused', atMs, route, app, count: 1, correlationId }
    }
    return correlationId
  }

  if (cap !== null) append({ kind: 'limit', atMs: now(), value: cap })
  sampleAt(now())

  return {
    open: () => open,
    cap: () => cap,
    /** Lets a handshake in or refuses it. `release` gives the place back; calling it again does nothing. */
    admit(route: string, app: string): Admission {
      if (cap !== null && open >= cap) return { isOpen: false, correlationId: refuse(route, app) }
      attempts += 1
      change(1)
      let isReleased = false
      return {
        isOpen: true,
        release: () => {
          if (isReleased) return
          isReleased = true
          change(-1)
        },
      }
    },
    /** Changes the cap from now on. Sockets above a lowered one stay open. */
    setCap(value: number) {
      catchUp()
      cap = value
      append({ kind: 'limit', atMs: now(), value })
    },
    /**
     * Entries from a sequence number on, at most `most`; null where it was never given out or is
     * forgotten. Without `after`: the last hour, led by the cap in force.
     */
    read(after: number | null, most: number) {
      catchUp()
      const end = dropped + entries.length
      if (after !== null && (after < dropped || after > end)) return null
      const hourAgoMs = now() - 3_600_000
      const recent = entries.findIndex(({ atMs }) => atMs >= hourAgoMs)
      const from = after === null ? dropped + Math.max(0, recent) : after
      const page = entries.slice(from - dropped, from - dropped + most)
      const lead =
        after === null
          ? entries.slice(0, from - dropped).findLast(({ kind }) => kind === 'limit')
          : undefined
      const next = from + page.length
      readTo = Math.max(readTo, next)
      return { entries: lead ? [lead, ...page] : page, next, hasMore: next < end }
    },
  }
}
