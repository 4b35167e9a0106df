import type { RequestHandler } from 'msw'
import { type SetupWorker, setupWorker } from 'msw/browser'
import { handlersFor } from '../handlers.ts'
import { scenarioNamed } from '../scenarios.ts'
import { createTenant } from '../tenant.ts'

export type Simulation = {
  /** Path under which the organisation answers; the same as was asked for. */
  basePath: string
  /** Id and name as the organisation tells them. */
  organisation: { id: string; name: string }
  stop: () => void
}

const running = new Map<string, RequestHandler[]>()
let worker: SetupWorker | null = null
let ready: Promise<unknown> | null = null

/** The handlers in force are those of all organisations that run. */
function refresh() {
  worker?.resetHandlers(...[...running.values()].flat())
}

/** Starts the one service worker of this page; after a failure the next call tries again. */
async function begin() {
  if (!worker) {
    worker = setupWorker()
    ready = worker.start({ quiet: true, onUnhandledRequest: 'bypass' })
  }
  try {
    await ready
  } catch (error) {
    worker = null
    throw error
  }
}

/**
 * Lets an organisation answer inside this page, under `basePath` (`/simulated/abc`). Several can run at a
 * time; the same path again replaces what ran there. Every tab of the page starts its own; tokens
 * of one are good in the others.
 *
 * Rejects where the browser has no service workers (a private window, an address without TLS that
 * is not loopback). Throws a RangeError for an unknown scenario.
 */
export async function startSimulation(options: {
  scenario: string
  seed: number
  startMs: number
  basePath: string
}): Promise<Simulation> {
  const { seed, startMs, basePath } = options
  const scenario = scenarioNamed(options.scenario)
  if (!scenario) throw new RangeError(`There is no scenario "${options.scenario}"`)
  const tenant = createTenant({ scenario, seed, startMs, now: Date.now, basePath })
  const handlers = handlersFor(tenant, basePath)
  await begin()
  running.set(basePath, handlers)
  refresh()
  return {
    basePath,
    organisation: tenant.organisation,
    stop() {
      if (running.get(basePath) !== handlers) return
      running.delete(basePath)
      refresh()
      if (running.size > 0) return
      worker?.stop()
      worker = null
    },
  }
}
