/** How a load goes, whichever tool plays it: clients come, hold a connection each, come again, and all leave. */
export type LoadShape = {
  clients: number
  /** Over so long they come, in even steps. */
  rampSec: number
  /** So long each goes on coming again. */
  iterationSec: number
  /** How long a connection is held. */
  holdMs: number
  /** How long one who was refused waits. */
  retryMs: number
}

/** How often the whole of it is done: as often as there are thread groups in `jmeter/sockets.jmx`. */
export const ITERATIONS = 3
