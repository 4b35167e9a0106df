import type { Metric } from './metric.ts'

/**
 * Whether a metric comes out of a file: one that was read once, or one that is being followed and
 * therefore has a pace.
 */
export const isOfFile = (metric: Metric) => metric.intervalMs === null || metric.isFollowed === true
