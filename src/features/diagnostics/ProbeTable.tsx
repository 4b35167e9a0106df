import type { ProbeRun } from '#monitor/probes/probeDesk.ts'
import type { ProbeId, ProbeResult } from '#sources/genesys/probes/probe.ts'
import { PROBES } from '#sources/genesys/probes/probes.ts'
import { useMonitor } from '#state/MonitorProvider.tsx'
import { useNow } from '#state/useNow.ts'
import classes from './Diagnostics.module.css'
import { ProbeRow } from './ProbeRow.tsx'

type Props = {
  results: ReadonlyMap<ProbeId, ProbeResult>
  run: ProbeRun | null
  canAsk: boolean
  onRun: (probe: ProbeId) => void
}

/** Every probe that only reads, and what it found last. */
export function ProbeTable({ results, run, canAsk, onRun }: Props) {
  const monitor = useMonitor()
  const now = useNow(monitor.now, 10_000)
  return (
    <table className={classes.table} aria-label="Probes">
      <thead>
        <tr>
          <th className={classes.first}>Probe</th>
          <th className={classes.stateColumn}>State</th>
          <th>Found</th>
          <th className={classes.right}>When</th>
          <th className={classes.right}>Took</th>
          <th>
            <span className="visually-hidden">Run</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {PROBES.map((probe) => (
          <ProbeRow
            key={probe.id}
            probe={probe}
            result={results.get(probe.id) ?? null}
            isRunning={run?.current === probe.id}
            now={now}
            onRun={run || !canAsk ? null : () => onRun(probe.id)}
          />
        ))}
      </tbody>
    </table>
  )
}
