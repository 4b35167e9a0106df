import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'

/** Every metric of the recorder, by its name in Prometheus. No label has more values than the configuration names, or HTTP knows statuses. */
export type Instruments = ReturnType<typeof createInstruments>

/** Node's own that are named like counters and are none: `promtool check metrics` refuses them. */
const MISNAMED = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
]

export function createInstruments() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  for (const name of MISNAMED) registry.removeSingleMetric(name)
  const registers = [registry]

  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Gauge({ name, help, labelNames, registers })
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers })

  return {
    registry,
    usage: gauge('tidemark_usage', 'The newest value of a level; absent while it is not known.', [
      'organisation',
      'metric',
    ]),
    limit: gauge('tidemark_limit', 'The limit in force; absent while it is not known.', [
      'organisation',
      'metric',
    ]),
    usedRatio: gauge('tidemark_used_ratio', 'Usage by limit; absent while either is not known.', [
      'organisation',
      'metric',
    ]),
    metricInfo: gauge('tidemark_metric_info', 'What a metric counts, and how it came to be.', [
      'organisation',
      'metric',
      'title',
      'unit',
      'provenance',
      'scope',
    ]),
    organisationInfo: gauge('tidemark_organisation_info', 'Name and region of an organisation.', [
      'organisation',
      'name',
      'region',
    ]),
    errors: counter(
      'tidemark_errors_total',
      'Failed attempts since the recorder started, by class and HTTP status.',
      ['organisation', 'class', 'status'],
    ),
    attempts: counter(
      'tidemark_attempts_total',
      'What metrics of the kind count have counted since the recorder started.',
      ['organisation', 'metric'],
    ),
    sourceUp: gauge(
      'tidemark_source_up',
      'Whether the newest poll of a source was answered; absent for what the organisation does not have.',
      ['organisation', 'source'],
    ),
    lastSuccess: gauge(
      'tidemark_source_last_success_timestamp_seconds',
      'When a source was last answered.',
      ['organisation', 'source'],
    ),
    polls: counter('tidemark_polls_total', 'Polls by how they ended.', [
      'organisation',
      'source',
      'outcome',
    ]),
    pollsSkipped: counter(
      'tidemark_polls_skipped_total',
      'Polls left out because the one before was still under way.',
      ['organisation', 'source'],
    ),
    budget: gauge(
      'tidemark_budget_allowed_per_minute',
      'Requests a minute that Tidemark allows itself at the API.',
      ['organisation'],
    ),
    requestsLastMinute: gauge(
      'tidemark_requests_last_minute',
      'Requests that Tidemark sent to the API in the last minute.',
      ['organisation'],
    ),
    requestsInFlight: gauge(
      'tidemark_requests_in_flight',
      'Requests to the API that are under way.',
      ['organisation'],
    ),
    alertsFiring: gauge(
      'tidemark_alerts_firing',
      'Alerts of a rule that fire; absent while none does.',
      ['organisation', 'rule', 'severity'],
    ),
    start: gauge('tidemark_recorder_start_timestamp_seconds', 'When the recorder started.', []),
  }
}
