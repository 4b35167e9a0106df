import { type Grading, gradingBy } from '../errors/grading.ts'
import type { EpochMs } from '../units.ts'
import type { Incident } from './incident.ts'
import { incidentSubject, limitsOf, slicesOf } from './incidentEvidence.ts'

/**
 * Grades single errors of an incident by what held then, as its evidence counts them. `isSampled`: as
 * `gradingBy` asks.
 */
export const incidentGrading = (incident: Incident, isSampled: (at: EpochMs) => boolean): Grading =>
  gradingBy(
    {
      metrics: incident.metrics,
      limits: limitsOf(incident),
      markers: incident.markers,
      slice: slicesOf(incident),
      judged: incidentSubject(incident).metric,
    },
    isSampled,
  )
