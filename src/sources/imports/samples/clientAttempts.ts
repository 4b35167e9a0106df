import type { ClientEvent, ClientEventKind } from '#domain/evidence/demand/clientEvents.ts'
import { epochMs } from '#domain/units.ts'

/** More are not kept: two events each are what a monitor keeps of clients, too. */
const MOST_ATTEMPTS = 100_000
/**
 * What two events of one client and one kind in the same millisecond are moved apart by, since events that
 * agree in all of it are one. A fraction that instants of this century hold exactly.
 */
const APART_MS = 1 / 1_024

/** Keeps who tried what and when, as long as there is room. */
export function createClientAttempts() {
  let startMs = new Float64Array(1_024)
  let endMs = new Float64Array(1_024)
  let client = new Int32Array(1_024)
  let failed = new Uint8Array(1_024)
  let count = 0

  function grow() {
    startMs = copied(startMs, new Float64Array(2 * count))
    endMs = copied(endMs, new Float64Array(2 * count))
    client = copied(client, new Int32Array(2 * count))
    failed = copied(failed, new Uint8Array(2 * count))
  }

  return {
    /** One attempt of a client that is known by a small number. */
    add(from: number, to: number, number: number, isFailed: boolean) {
      if (count < MOST_ATTEMPTS) {
        if (count === startMs.length) grow()
        startMs[count] = from
        endMs[count] = to
        client[count] = number
        failed[count] = isFailed ? 1 : 0
      }
      count += 1
    },
    /** How many there are, where that is too many to keep them; else 0. */
    tooMany: () => (count > MOST_ATTEMPTS ? count : 0),
    /**
     * What the clients did, oldest first: of none where the attempts are too many. Clients are named by
     * their number alone. What an attempt held it gave back with its answer; where attempts of one client
     * cross, it is not said which of them gave back what.
     */
    events(): ClientEvent[] {
      if (count > MOST_ATTEMPTS) return []
      const order = Array.from({ length: count }, (_, i) => i)
      const starts = order.toSorted((a, b) => startMs[a]! - startMs[b]!)
      // What lasted no time is given back as it is opened.
      const isHeld = (i: number) => failed[i] === 0 && endMs[i]! > startMs[i]!
      const ends = order.filter(isHeld).sort((a, b) => endMs[a]! - endMs[b]!)
      const told = createTold()
      const tell = (i: number, kind: ClientEventKind, at: number) =>
        told.tell(client[i]!, kind, at, kind === 'closed' ? 0 : endMs[i]! - startMs[i]!)
      let ended = 0
      const closeTo = (at: number) => {
        for (; ended < ends.length && endMs[ends[ended]!]! <= at; ended += 1)
          tell(ends[ended]!, 'closed', endMs[ends[ended]!]!)
      }
      for (const i of starts) {
        // A thread that goes on at once has given back what it held before.
        closeTo(startMs[i]!)
        const at = tell(i, failed[i] === 1 ? 'refused' : 'opened', startMs[i]!)
        if (failed[i] === 0 && !isHeld(i)) tell(i, 'closed', at)
      }
      closeTo(Infinity)
      return told.events()
    },
  }
}

/** Events as they are told, no two of which are the same. */
function createTold() {
  const events: ClientEvent[] = []
  const names = new Map<number, string>()
  /** The last instant of each client and kind. */
  const lastMs = { opened: [], refused: [], closed: [] } as Record<ClientEventKind, number[]>
  let isInOrder = true

  function nameOf(client: number): string {
    const known = names.get(client) ?? `c${client + 1}`
    names.set(client, known)
    return known
  }

  return {
    /** Gives the instant it is told at. */
    tell(client: number, kind: ClientEventKind, at: number, tookMs: number): number {
      const before = lastMs[kind][client] ?? -Infinity
      const moved = at > before ? at : before + APART_MS
      lastMs[kind][client] = moved
      isInOrder &&= events.length === 0 || moved >= events.at(-1)!.at
      events.push({ at: epochMs(moved), kind, client: nameOf(client), tookMs })
      return moved
    },
    events: () => (isInOrder ? events : events.toSorted((a, b) => a.at - b.at)),
  }
}

function copied<Column extends Float64Array | Int32Array | Uint8Array>(
  from: Column,
  to: Column,
): Column {
  to.set(from)
  return to
}
