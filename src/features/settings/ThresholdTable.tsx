import { useState } from 'react'
import type { Metric, Thresholds } from '#domain/metrics/metric.ts'
import { type OrganisationConfig, thresholdsOf } from '#sources/config/tidemarkConfig.ts'
import { useOrgFacts } from '#state/useOrgFacts.ts'
import { ProvenanceChip } from '#ui/glyphs/ProvenanceChip.tsx'
import { PercentField } from './PercentField.tsx'
import classes from './table.module.css'

type Props = {
  config: OrganisationConfig
  onChange: (changes: Pick<OrganisationConfig, 'thresholds'>) => Promise<void>
}

/** From which share of its limit each metric warns and is critical. */
export function ThresholdTable({ config, onChange }: Props) {
  const { metrics, limits } = useOrgFacts()
  const limited = metrics.filter(({ id }) => limits.get(id)?.some(({ value }) => value !== null))
  if (limited.length === 0)
    return <p className={classes.nowrap}>No limit is known yet, so there is nothing to compare.</p>
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th>Metric</th>
          <th>Provenance</th>
          <th>Warn from</th>
          <th>Critical from</th>
        </tr>
      </thead>
      <tbody>
        {limited.map((metric) => (
          <Row
            key={metric.id}
            metric={metric}
            thresholds={thresholdsOf(config, metric.id)}
            onChange={(thresholds) =>
              onChange({ thresholds: { ...config.thresholds, [metric.id]: thresholds } })
            }
          />
        ))}
      </tbody>
    </table>
  )
}

type RowProps = {
  metric: Metric
  thresholds: Thresholds
  onChange: (thresholds: Thresholds) => Promise<void>
}

function Row({ metric, thresholds, onChange }: RowProps) {
  const [problem, setProblem] = useState<string | null>(null)
  const change = (changed: Partial<Thresholds>) => {
    const wanted = { ...thresholds, ...changed }
    const isOrdered = wanted.warnAt <= wanted.criticalAt
    setProblem(isOrdered ? null : 'Warn must not lie above critical.')
    if (isOrdered) void onChange(wanted)
    return isOrdered
  }
  return (
    <tr>
      <td className={classes.name}>{metric.title}</td>
      <td>
        <ProvenanceChip provenance={metric.provenance} scope={metric.scope} />
      </td>
      <td>
        <PercentField
          label={`${metric.title}: warn from`}
          ratio={thresholds.warnAt}
          onChange={(warnAt) => change({ warnAt })}
        />
      </td>
      <td>
        <PercentField
          label={`${metric.title}: critical from`}
          ratio={thresholds.criticalAt}
          onChange={(criticalAt) => change({ criticalAt })}
        />
        {problem ? <span role="alert"> {problem}</span> : null}
      </td>
    </tr>
  )
}
