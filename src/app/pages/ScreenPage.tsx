import { Link } from '@tanstack/react-router'
import { Note } from '#ui/notes/Note.tsx'
import { screenRoute } from '../router.tsx'
import classes from '../standIns.module.css'

/** What a display key did not open; one that did has led on by now. */
export function ScreenPage() {
  const screen = screenRoute.useLoaderData()
  return (
    <main className={classes.place}>
      {screen.kind === 'refused' ? (
        <Note title="This screen shows nothing yet.">
          {screen.problem} {screen.remedy}
        </Note>
      ) : null}
      <Link to="/">To the first screen</Link>
    </main>
  )
}
