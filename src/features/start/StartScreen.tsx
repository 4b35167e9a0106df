import type { ReactNode } from 'react'
import type { Organisation } from '#domain/organisation.ts'
import { REVIEW_FILES } from '#sources/imports/tail/fileAccess.ts'
import { FileDrop } from '#ui/controls/FileDrop.tsx'
import { FilePick } from '#ui/controls/FilePick.tsx'
import { LinkButton } from '#ui/controls/LinkButton.tsx'
import { Hero } from './Hero.tsx'
import { KnownOrganisations } from './KnownOrganisations.tsx'
import { ScenarioChoice, type ScenarioOffer } from './ScenarioChoice.tsx'
import classes from './StartScreen.module.css'

type Props = {
  scenarios: readonly ScenarioOffer[]
  /** Organisations this browser has watched before. */
  known: readonly Organisation[]
  /** The short way to connect an organisation. */
  connect: ReactNode
  /** What went wrong before this screen was shown, in a sentence. */
  problem: string | null
  onSimulate: (scenario: string) => Promise<void>
  onOpen: (organisation: Organisation) => void
  /** Files were chosen or dropped: they are reviewed. */
  onFiles: (files: readonly File[]) => void
}

/** The first screen: watch a simulated organisation, or connect one. */
export function StartScreen(props: Props) {
  const { scenarios, known, connect, problem, onSimulate, onOpen, onFiles } = props
  return (
    <FileDrop
      className={classes.screen}
      words="Drop results, a HAR, a table or a Tidemark bundle to review them."
      onDrop={({ files }) => onFiles([...files])}
    >
      <div className={classes.top}>
        <Hero />
        <p className={classes.mark}>
          <svg width="26" height="26" viewBox="0 0 20 20" aria-hidden="true">
            <path d="M1 4.5h18" stroke="var(--limit)" strokeWidth="2" strokeDasharray="4 3" />
            <path d="M1 11c3-3 6 3 9 0s6 3 9 0v8H1Z" fill="var(--water)" />
          </svg>
          Tidemark
        </p>
      </div>
      <div className={classes.body}>
        <p className={classes.caption}>Drawn: ten iterations of a load test against a limit</p>
        <h1 className={classes.title}>
          How full is your organisation, and when did it refuse your users?
        </h1>
        <p className={classes.subtitle}>
          Connections and sessions against their limits, and every 503 on the same clock.
        </p>
        {problem ? (
          <p className={classes.problem} role="alert">
            {problem}
          </p>
        ) : null}
        <KnownOrganisations known={known} onOpen={onOpen} />
        <div className={classes.columns}>
          <ScenarioChoice scenarios={scenarios} onSimulate={onSimulate} />
          {connect}
        </div>
        <footer className={classes.foot}>
          <p>
            <b>Have a file?</b> Drop a JTL, HAR, k6, Artillery, Gatling, CSV or bundle here. It is
            read on this machine.{' '}
            <FilePick label="Files to review" accept={REVIEW_FILES} onFiles={onFiles}>
              {(open) => <LinkButton onClick={open}>Open a file</LinkButton>}
            </FilePick>
          </p>
          <span>Tidemark is independent of the vendor</span>
        </footer>
      </div>
    </FileDrop>
  )
}
