import { Button } from '@mantine/core'
import type { ProbeDesk, ProbeRun } from '#monitor/probes/probeDesk.ts'
import type { ProbeId, ProbeResult } from '#sources/genesys/probes/probe.ts'
import { PROBES } from '#sources/genesys/probes/probes.ts'
import { probeMarkdown, probeTsv } from '#sources/genesys/probes/probeTable.ts'
import { useMonitor } from '#state/MonitorProvider.tsx'
import { useZone } from '#state/preferences.ts'
import { CopyButton } from '#ui/controls/CopyButton.tsx'
import classes from './Diagnostics.module.css'

type Props = {
  desk: ProbeDesk
  results: ReadonlyMap<ProbeId, ProbeResult>
  run: ProbeRun | null
  canAsk: boolean
}

/** Runs all, tells how far it has come, and copies what was found. */
export function ProbeTools({ desk, results, run, canAsk }: Props) {
  const monitor = useMonitor()
  const zone = useZone()
  const known = () => {
    const { name, domain, simulation } = monitor.facts().organisation
    return { organisation: { name, domain, simulation }, results, zone, now: monitor.now() }
  }
  return (
    <div className={classes.tools}>
      {/* One button: whoever starts by keyboard can stop with the same key. */}
      <Button
        variant={run ? 'default' : 'filled'}
        disabled={!canAsk && !run}
        onClick={() => (run ? desk.callOff() : void desk.run())}
      >
        {run ? 'Stop' : 'Run all'}
      </Button>
      <span role="status" className={classes.progress}>
        {run ? progressWords(run) : ''}
      </span>
      <CopyButton
        text={() => probeMarkdown(known())}
        what="results as Markdown"
        label="Copy for a ticket"
      />
      <CopyButton
        text={() => probeTsv(known())}
        what="results for a spreadsheet"
        label="Copy as table"
      />
    </div>
  )
}

function progressWords({ probes, done, current }: ProbeRun): string {
  const title = PROBES.find(({ id }) => id === current)?.title
  return `${done} of ${probes.length}${title ? `: ${current} ${title}` : ''}`
}
