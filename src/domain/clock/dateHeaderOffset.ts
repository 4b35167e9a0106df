import { type DurationMs, durationMs, SECOND_MS } from '../units.ts'

/** A reply of a server as a browser stamped it. */
export type DatedReply = {
  host: string
  /** The second that its `Date` header names. */
  dateMs: number
  /** When the request had been sent, and when the first of the reply came, on the browser's clock. */
  sentMs: number
  firstByteMs: number
}

/** What a file itself says of the clock that stamped it. The server's time is taken as right. */
export type FileClock = {
  how: 'dateHeaders'
  /** Added to the file's instants it makes them the server's. */
  offsetMs: DurationMs
  /** Half the width of what it may as well be. */
  plusMinusMs: DurationMs
  /** How many replies agree on it. */
  entries: number
}

/** Fewer replies may agree by chance, or come from one cache. */
const LEAST_ENTRIES = 3
/** With the second of the header, a reply that took so long tells the offset to ± 2 s by itself. */
const LONGEST_WAIT_MS = 3_000
/** Of those that agree best so many may be wrong: dates are cached, and queues are not always told. */
const WRONG_SHARE = 0.1
/** Nobody knows within how many milliseconds a server stamps its replies. */
const LEAST_PLUS_MINUS_MS = 50

/** An offset lies between the two. */
type Bounds = { low: number; high: number }
type Covered = Bounds & { count: number }

/**
 * By how much the clock of a recording is off, by the `Date` headers of the replies in it. A server stamped
 * its reply within the second that the header names, and the browser knows between which two instants of
 * its own: each reply bounds the offset, and the offset is what most bounds have in common. Each host has a
 * voice; where they are at odds, the larger part of them, then of their replies, is believed.
 *
 * Null where fewer than 3 replies agree, or no more than half of the hosts. Replies that waited for more than 3 s
 * are not looked at, so that the offset is never further off than 2 s if most clocks are right. O(n log n).
 * Source: RFC 9110 §6.6.1; Marzullo 1984 for the stretch that most bounds share.
 */
export function dateHeaderOffset(replies: readonly DatedReply[]): FileClock | null {
  const byHost = new Map<string, Bounds[]>()
  for (const reply of replies) {
    const bounds = boundsOf(reply)
    if (!bounds) continue
    const known = byHost.get(reply.host)
    if (known) known.push(bounds)
    else byHost.set(reply.host, [bounds])
  }
  const hosts = [...byHost.values()].flatMap((bounds) => {
    const own = mostCovered(bounds)
    // A host that contradicts itself says nothing.
    return own && 2 * own.count > bounds.length ? [{ ...own, bounds }] : []
  })
  const agreed = agreedBy(hosts)
  if (!agreed) return null
  const all = hosts.filter((host) => touches(host, agreed)).flatMap(({ bounds }) => bounds)
  const best = mostCovered(all)
  if (!best || best.count < LEAST_ENTRIES) return null
  const least = Math.max(LEAST_ENTRIES, Math.ceil((1 - WRONG_SHARE) * best.count))
  const wide = coveredAround(all, best, least)
  const half = (wide.high - wide.low) / 2
  return {
    how: 'dateHeaders',
    offsetMs: durationMs(Math.round(wide.low + half)),
    plusMinusMs: durationMs(Math.ceil(Math.max(half, LEAST_PLUS_MINUS_MS)) + 1),
    entries: best.count,
  }
}

function boundsOf({ dateMs, sentMs, firstByteMs }: DatedReply): Bounds | null {
  const waitMs = firstByteMs - sentMs
  if (!(waitMs >= 0 && waitMs <= LONGEST_WAIT_MS) || !Number.isFinite(dateMs)) return null
  return { low: dateMs - firstByteMs, high: dateMs + SECOND_MS - sentMs }
}

const touches = (one: Bounds, other: Bounds) => one.low <= other.high && other.low <= one.high

/** Where most hosts agree: more than half of them, or half of them with more than half of the replies. */
function agreedBy(hosts: readonly (Covered & { bounds: readonly Bounds[] })[]): Bounds | null {
  const repliesOf = (stretch: Bounds) =>
    hosts
      .filter((host) => touches(host, stretch))
      .reduce((sum, { bounds }) => sum + bounds.length, 0)
  const total = hosts.reduce((sum, { bounds }) => sum + bounds.length, 0)
  const stretches = allMostCovered(hosts)
  const [first] = stretches
  if (!first || 2 * first.count < hosts.length) return null
  if (2 * first.count > hosts.length) return first
  return stretches.find((stretch) => 2 * repliesOf(stretch) > total) ?? null
}

const mostCovered = (bounds: readonly Bounds[]): Covered | null => allMostCovered(bounds)[0] ?? null

/** The stretches that most bounds share, ascending. */
function allMostCovered(bounds: readonly Bounds[]): Covered[] {
  const counted = covered(bounds)
  const most = counted.reduce((max, { count }) => Math.max(max, count), 0)
  return counted.filter(({ count }) => count === most)
}

/** How many bounds share each stretch between two of their ends, ascending. */
function covered(bounds: readonly Bounds[]): Covered[] {
  const ends = bounds
    .flatMap(({ low, high }) => [
      { at: low, by: 1 },
      { at: high, by: -1 },
    ])
    // Bounds that touch share the instant.
    .sort((a, b) => a.at - b.at || b.by - a.by)
  let count = 0
  return ends.slice(0, -1).map(({ at, by }, i) => {
    count += by
    return { low: at, high: ends[i + 1]!.at, count }
  })
}

/** The stretch around another that at least so many bounds share. */
function coveredAround(bounds: readonly Bounds[], around: Bounds, least: number): Bounds {
  const stretches = covered(bounds)
  const at = stretches.findIndex(({ low, high }) => low === around.low && high === around.high)
  let first = at
  let last = at
  while ((stretches[first - 1]?.count ?? 0) >= least) first -= 1
  while ((stretches[last + 1]?.count ?? 0) >= least) last += 1
  return { low: stretches[first]!.low, high: stretches[last]!.high }
}
