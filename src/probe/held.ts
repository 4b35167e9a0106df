import type { Tally } from './tally.ts'

/** What is told open: the names of a report's fields. */
export const KINDS = ['websockets', 'eventsources', 'peerconnections', 'tracks'] as const
export type Kind = (typeof KINDS)[number]

/** Something that was opened and may still be. Holds nothing back from the garbage collector. */
export type Held = {
  kind: Kind
  thing: WeakRef<object>
  /** Where it was opened: page, visit to it, line of code. */
  tally: Tally
  visit: number
  place: string
  /** Since when it looks forgotten; 0 while it does not. */
  suspectSince: number
}

export type Open = { held: Held; thing: object }

/** What piles up between two reports is looked through each time there are so many more. */
const LOOK_EVERY = 256

/** What is open now: objects are asked for their own state, so nothing of theirs is replaced. */
export function createHolding() {
  const holding = new Set<Held>()

  /** All that is open; what is over is let go of. */
  function look(): Open[] {
    const open: Open[] = []
    for (const held of holding) {
      const thing = held.thing.deref()
      if (!thing || isOver(held.kind, thing)) holding.delete(held)
      else if (!isConnecting(thing)) open.push({ held, thing })
    }
    return open
  }

  return {
    add(held: Held) {
      holding.add(held)
      if (holding.size % LOOK_EVERY === 0) look()
    },
    look,
  }
}

/** Each class says in its own way that it is over: CLOSED is 3 of a WebSocket and 2 of an EventSource. */
type State = { readyState?: number | string; signalingState?: string }

const isOver = (kind: Kind, { readyState, signalingState }: State): boolean =>
  signalingState === 'closed' ||
  readyState === 'ended' ||
  readyState === (kind === 'websockets' ? 3 : 2)

/** Neither a WebSocket nor an EventSource is open while it connects. */
const isConnecting = ({ readyState }: State): boolean => readyState === 0
