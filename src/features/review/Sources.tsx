import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import { formatCount } from '#domain/format.ts'
import type { IncidentSource } from '#domain/incident/incident.ts'
import { secondsText } from './clockWords.ts'
import { SectionHead } from './SectionHead.tsx'
import classes from './Sources.module.css'

type Props = {
  sources: readonly IncidentSource[]
  /** Which of them can be taken off: files laid over the rest. */
  removable: ReadonlySet<string>
  /** Opens the choice of columns of a table; null where there is none to choose. */
  onColumns: (id: string) => (() => void) | null
  onRemove: (id: string) => void
  /** Shows the time that a file is of; null where that is not known. */
  onWindow: (id: string) => (() => void) | null
}

/** Where everything on the screen came from: what was read, what was left out, what was taken out. */
export function Sources({ sources, removable, onColumns, onRemove, onWindow }: Props) {
  const [shown, setShown] = useState<string | null>(null)
  const source = sources.find(({ id }) => id === shown)
  return (
    <section aria-labelledby="sources-heading">
      <SectionHead id="sources-heading" title="Sources" />
      <ul className={classes.sources}>
        {sources.map((one) => (
          <li key={one.id}>
            <button type="button" className={classes.source} onClick={() => setShown(one.id)}>
              <b>{one.name}</b> <span>{aboutWords(one)}</span>
              <strong>{formatCount(one.samples)} samples</strong>
            </button>
          </li>
        ))}
      </ul>
      <Modal
        opened={source !== undefined}
        onClose={() => setShown(null)}
        title={source?.name ?? ''}
        size="lg"
      >
        {source ? (
          <>
            <SourceDetails source={source} />
            <footer className={classes.foot}>
              {onWindow(source.id) ? (
                <Button
                  onClick={() => {
                    setShown(null)
                    onWindow(source.id)?.()
                  }}
                >
                  Review its window
                </Button>
              ) : null}
              {onColumns(source.id) ? (
                <Button
                  onClick={() => {
                    setShown(null)
                    onColumns(source.id)?.()
                  }}
                >
                  Choose columns
                </Button>
              ) : null}
              {removable.has(source.id) ? (
                <Button
                  onClick={() => {
                    setShown(null)
                    onRemove(source.id)
                  }}
                >
                  Take off this review
                </Button>
              ) : null}
            </footer>
          </>
        ) : null}
      </Modal>
    </section>
  )
}

/** `JMeter CSV; clock −41.0 s; 1 left out; 14 secrets removed` */
function aboutWords({ kind, rejected, removals, clock }: IncidentSource): string {
  const secrets = removals.reduce((sum, { count }) => sum + count, 0)
  return [
    kind,
    ...(clock.how === 'asItIs' ? [] : [`clock ${secondsText(clock.movedMs)}`]),
    ...(clock.drift ? [`drift ${formatCount(clock.drift.ppm)} ppm`] : []),
    ...(rejected > 0 ? [`${formatCount(rejected)} left out`] : []),
    ...(secrets > 0 ? [`${formatCount(secrets)} secrets removed`] : []),
  ].join('; ')
}

function SourceDetails({ source }: { source: IncidentSource }) {
  const { kind, samples, rejected, rejections, removals, warnings } = source
  return (
    <div className={classes.details}>
      <p>
        {kind}, {formatCount(samples)} samples, {formatCount(rejected)} left out.
      </p>
      {rejections.length > 0 ? (
        <>
          <h3>Left out</h3>
          <ul>
            {rejections.map(({ line, reason }) => (
              <li key={`${line} ${reason}`}>
                line {formatCount(line)}: {reason}
              </li>
            ))}
          </ul>
          {rejected > rejections.length ? (
            <p>and {formatCount(rejected - rejections.length)} more.</p>
          ) : null}
        </>
      ) : null}
      <h3>Secrets removed before anything was kept</h3>
      {removals.length > 0 ? (
        <ul>
          {removals.map(({ what, count }) => (
            <li key={what}>
              {what}: {formatCount(count)}
            </li>
          ))}
        </ul>
      ) : (
        <p>None were found in the texts that are kept.</p>
      )}
      {warnings.length > 0 ? (
        <>
          <h3>How it was read</h3>
          <ul>
            {warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  )
}
