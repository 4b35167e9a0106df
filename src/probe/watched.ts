import type { Kind } from './held.ts'
import { quietly } from './quietly.ts'
import type { Tally } from './tally.ts'

/** Where the app is while it opens something: the page it shows, the line that runs. */
export type Opening = {
  tally: Tally
  /** Remembers what was opened there. */
  hold: (kind: Kind, thing: object) => void
}

/** What watchers are given: a look at where the app is. */
export type Watched = () => Opening

/** The original: what a library puts in its place, to know what an app listens to, does not hear us. */
const listenNatively = Reflect.get(EventTarget.prototype, 'addEventListener') as (
  this: object,
  type: string,
  heard: (event: Event) => void,
) => void

/** Listens without being heard of. */
export const listen = <E extends Event>(target: object, type: string, heard: (event: E) => void) =>
  listenNatively.call(target, type, (event) => quietly(() => heard(event as E)))
