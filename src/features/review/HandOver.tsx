import { Button, Menu } from '@mantine/core'
import { useState } from 'react'
import { formatCount, THIN_SPACE } from '#domain/format.ts'
import type { IncidentFindings } from '#domain/incident/findingsOf.ts'
import type { Incident } from '#domain/incident/incident.ts'
import type { WrittenBundle } from '#sources/exports/bundle/writeBundle.ts'
import { CopyButton } from '#ui/controls/CopyButton.tsx'
import { fileStem } from './fileNames.ts'
import classes from './HandOver.module.css'
import { saveChart, saveCsv, savePacket, summaryOf } from './handOverFiles.ts'
import { saveFile } from '#ui/controls/saveFile.ts'

type Props = {
  incident: Incident
  /** Null while they are worked out. */
  findings: IncidentFindings | null
  /** Whether charts show steps, which go into no file. */
  hasSteps?: boolean
  onBundle: () => Promise<WrittenBundle>
}

type Outcome =
  | { kind: 'working'; what: string }
  /** `of`: what was written; a change since then is not in the file. */
  | { kind: 'saved'; name: string; bytes: number; fingerprint: string; of: Incident }
  | { kind: 'failed'; message: string }

/** Steps are no samples, and nothing could be worked out of them again. */
const NO_STEPS = ' What the charts show in place of samples is not in it.'

const CHARTS = ['connections', 'sessions', 'notReleased', 'queue', 'errors'] as const
const CHART_NAMES: Readonly<Record<(typeof CHARTS)[number], string>> = {
  connections: 'Connections',
  sessions: 'Sessions',
  notReleased: 'Not released',
  queue: 'Queues',
  errors: 'Errors',
}

/** Everything that goes out: the bundle, the report, the packet for the vendor, data and pictures. */
export function HandOver({ incident, findings, hasSteps = false, onBundle }: Props) {
  const [last, setOutcome] = useState<Outcome | null>(null)
  const outcome = last?.kind === 'saved' && last.of !== incident ? null : last
  const isReady = findings !== null && outcome?.kind !== 'working'
  const run = (what: string, work: () => Promise<Outcome | null>) => {
    setOutcome({ kind: 'working', what })
    work().then(setOutcome, (error: unknown) =>
      setOutcome({
        kind: 'failed',
        message: error instanceof Error ? error.message : String(error),
      }),
    )
  }
  const saveBundle = () =>
    run('Writing the bundle …', async () => {
      const { html, bytes, fingerprint } = await onBundle()
      const name = `${fileStem(incident)}.html`
      saveFile(name, [html], 'text/html')
      return { kind: 'saved', name, bytes, fingerprint, of: incident }
    })
  const save = (work: (known: IncidentFindings) => Promise<void>) => () => {
    if (findings) run('Writing …', async () => (await work(findings), null))
  }
  const saved = outcome?.kind === 'saved' ? outcome : null
  return (
    <section aria-labelledby="hand-over-heading">
      <h2 id="hand-over-heading" className={classes.head}>
        Hand over
      </h2>
      <div className={classes.buttons}>
        <Button variant="filled" disabled={!isReady} onClick={saveBundle}>
          Save bundle
        </Button>
        <Button disabled={!isReady} onClick={() => window.print()}>
          Report
        </Button>
        <Button disabled={!isReady} onClick={save((known) => savePacket(incident, known, 'text'))}>
          Vendor packet
        </Button>
      </div>
      <p className={classes.says} role="status">
        {outcome?.kind === 'working' ? outcome.what : null}
        {outcome?.kind === 'failed' ? `Not written: ${outcome.message}` : null}
        {saved
          ? `Saved ${saved.name}, ${megabytes(saved.bytes)}. Fingerprint ${grouped(saved.fingerprint)}.`
          : null}
        {outcome === null
          ? `One HTML file that opens without a network. Holds raw samples, limits, notes, verdict and hashes.${hasSteps ? NO_STEPS : ''}${removedWords(incident)}`
          : null}
      </p>
      <div className={classes.copy}>
        {findings ? (
          <CopyButton
            label="Copy summary for a ticket"
            what="the summary as Markdown"
            text={() => summaryOf(incident, findings, saved?.fingerprint ?? null)}
          />
        ) : null}
        <Menu position="top-end">
          <Menu.Target>
            <Button disabled={!isReady}>Data and pictures</Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={save(() => saveCsv(incident, 'samples'))}>Samples as CSV</Menu.Item>
            <Menu.Item onClick={save(() => saveCsv(incident, 'errors'))}>Errors as CSV</Menu.Item>
            <Menu.Item onClick={save(() => saveCsv(incident, 'notes'))}>Notes as CSV</Menu.Item>
            <Menu.Item onClick={save((known) => savePacket(incident, known, 'json'))}>
              Vendor packet as JSON
            </Menu.Item>
            <Menu.Divider />
            {CHARTS.map((id) => (
              <Menu.Item key={id} onClick={save((known) => saveChart(incident, known, id, 'png'))}>
                {CHART_NAMES[id]} as PNG
              </Menu.Item>
            ))}
            {CHARTS.map((id) => (
              <Menu.Item key={id} onClick={save((known) => saveChart(incident, known, id, 'svg'))}>
                {CHART_NAMES[id]} as SVG
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
    </section>
  )
}

const megabytes = (bytes: number) =>
  bytes < 100_000
    ? `${Math.ceil(bytes / 1_000)}${THIN_SPACE}kB`
    : `${(bytes / 1e6).toFixed(1)}${THIN_SPACE}MB`

/** The first groups tell bundles apart; all of it stands in the file and in the summary. */
const grouped = (fingerprint: string) => (fingerprint.slice(0, 16).match(/.{4}/g) ?? []).join(' ')

function removedWords({ sources }: Incident): string {
  const count = sources
    .flatMap(({ removals }) => removals)
    .reduce((sum, removal) => sum + removal.count, 0)
  if (count === 0) return ''
  return ` ${formatCount(count)} secret${count === 1 ? ' was' : 's were'} removed.`
}
