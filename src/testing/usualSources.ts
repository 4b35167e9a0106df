import { epochMs } from '#domain/units.ts'
import { countingSource } from './countingSource.ts'
import type { setupMonitor } from './monitorSetup.ts'

/** What most tests of the monitor ask: two calls of the API, and a feed. */
export const calls = () => countingSource('calls', 10_000)
export const users = () => countingSource('users', 10_000)
export const feed = () => countingSource('feed', 2_000)

/** A reply of a status without a body that means anything. */
export const status =
  (code: number, headers: Record<string, string> = {}) =>
  () =>
    new Response('no', { status: code, headers })

/** Class and status of every error that was recorded, oldest first. */
export const classesOf = ({ monitor }: Pick<ReturnType<typeof setupMonitor>, 'monitor'>) =>
  monitor.errors
    .between(epochMs(0), epochMs(Infinity))
    .map((event) => [event.class, event.status] as const)
