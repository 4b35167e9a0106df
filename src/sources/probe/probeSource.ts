import { movedObservation } from '#domain/clock/movedObservation.ts'
import { elapsed, sourceId } from '#domain/units.ts'
import type { PolledSource } from '../polledSource.ts'
import type { ProbeDesk } from './probeDesk.ts'
import { probeMetrics } from './probeMetrics.ts'

/** Tells what pages of this origin reported: nobody is asked for it, and it never fails. */
export const createProbeSource = (desk: ProbeDesk): PolledSource => ({
  id: sourceId('probe'),
  title: 'Connection probes',
  everyMs: desk.everyMs,
  metrics: probeMetrics(desk.everyMs, desk.reportedTo),
  // Reports are held against the clock here; samples stand at the organisation's time.
  ask: ({ now }) =>
    Promise.resolve(
      movedObservation(desk.observe(), { movedMs: elapsed(desk.now(), now()), drift: null }),
    ),
})
