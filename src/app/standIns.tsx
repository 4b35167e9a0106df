import { type ErrorComponentProps, Link } from '@tanstack/react-router'
import { Note } from '#ui/notes/Note.tsx'
import classes from './standIns.module.css'

/** In a screen's place while it loads. */
export const WaitingScreen = () => (
  <main className={classes.place}>
    <Note title="Loading…" />
  </main>
)

/** In the place of a screen that broke. What was recorded is kept: the monitor is no part of it. */
export const FailedScreen = ({ error }: ErrorComponentProps) => (
  <main className={classes.place} role="alert">
    <Note
      title="This screen stopped with an error. What was recorded is kept."
      action={{ label: 'Reload', onAction: () => location.reload() }}
    >
      {error instanceof Error ? error.message : String(error)}
    </Note>
  </main>
)

/** At an address that means nothing here. */
export const MissingScreen = () => (
  <main className={classes.place}>
    <Note title="There is no screen at this address." />
    <p>
      <Link to="/">To the first screen</Link>
    </p>
  </main>
)

/** At the address of an organisation that this browser does not know: a link from a colleague, say. */
export const MissingOrganisation = ({ id }: { id: string }) => (
  <main className={classes.place}>
    <Note title="This browser does not know this organisation yet.">
      The link names “{id}”. Connect it once, and the link works.
    </Note>
    <p>
      <Link to="/connect" search={{}}>
        Connect an organisation
      </Link>
    </p>
  </main>
)
