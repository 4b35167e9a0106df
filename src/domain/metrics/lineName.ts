import type { Metric } from './metric.ts'
import { isOfFile } from './ofFile.ts'

/** What a line is called: a file's own count names its file, since there may be several. */
export const lineName = (metric: Metric) =>
  isOfFile(metric) ? `${metric.title}, ${metric.origin}` : metric.title
