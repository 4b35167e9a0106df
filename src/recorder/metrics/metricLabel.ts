import { isFileKind } from '#domain/fileKind.ts'
import type { Metric } from '#domain/metrics/metric.ts'

/**
 * What a metric is called in the labels of Prometheus: its id. Each run of a followed file has an id of its
 * own, and labels are kept for as long as the process lives; so the file's name stands for all of them:
 * `jtl.threads:run.jtl`.
 */
export function metricLabel({ id, origin }: Pick<Metric, 'id' | 'origin'>): string {
  const [, kind = '', series] = /^(\w+)(\.\w+):/.exec(id) ?? []
  return isFileKind(kind) ? `${kind}${series}:${origin}` : id
}
