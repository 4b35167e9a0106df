import { Link } from '@tanstack/react-router'
import { Note } from '#ui/notes/Note.tsx'
import { signedInRoute } from '../router.tsx'
import classes from '../standIns.module.css'

/** Where the login page sends back to: in a pop-up it has handed over by now, else it goes on by itself. */
export function SignedInPage() {
  const outcome = signedInRoute.useLoaderData()
  return (
    <main className={classes.place}>
      {outcome.kind === 'delivered' ? (
        <Note title="Signed in." action={{ label: 'Close', onAction: () => window.close() }}>
          This window can be closed.
        </Note>
      ) : (
        <>
          <Note title="The sign-in did not work.">
            {outcome.problem} {outcome.remedy}
          </Note>
          <Link to={outcome.returnPath ?? '/'}>
            {outcome.returnPath ? 'Back' : 'To the first screen'}
          </Link>
        </>
      )}
    </main>
  )
}
