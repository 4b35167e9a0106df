import { Button } from '@mantine/core'
import { formatClock } from '#domain/format.ts'
import type { OrgFacts, SessionState } from '#monitor/orgFacts.ts'
import { Banner } from '#ui/notes/Banner.tsx'

type Props = {
  facts: OrgFacts
  zone: string
  /** What is wrong with the link or with an older stretch, one sentence each. */
  notices: readonly string[]
  onSignIn: () => void
}

type SignedOut = Extract<SessionState, { kind: 'signedOut' }>

const SIGNED_OUT: Readonly<Record<SignedOut['reason'], string>> = {
  never: 'Nobody is signed in.',
  expired: 'The sign-in has expired.',
  refused: 'Genesys Cloud refused the sign-in.',
  left: 'You signed out.',
}

/** What stands between the user and a full picture, and what can be done about it. */
export function LiveBanners({ facts, zone, notices, onSignIn }: Props) {
  const { session, history, idleSince } = facts
  return (
    <>
      {session.kind === 'signedOut' ? (
        <Banner
          state="off"
          actions={
            <Button size="xs" variant="filled" onClick={onSignIn}>
              Sign in
            </Button>
          }
        >
          {SIGNED_OUT[session.reason]} Genesys Cloud is not asked until you sign in; feeds and files
          go on.
        </Banner>
      ) : null}
      {idleSince ? (
        <Banner state="off">
          Nothing is asked since {formatClock(idleSince, zone, 'minutes')}: nobody looked at this
          page for as long as the settings allow. It goes on as soon as the page is looked at.
        </Banner>
      ) : null}
      {history.kind === 'memory' ? (
        <Banner state="warn">
          Kept in memory only since {formatClock(history.since, zone, 'minutes')}: {history.reason}.
          It is lost when this page closes.
        </Banner>
      ) : null}
      {notices.map((notice) => (
        <Banner key={notice} state="unknown">
          {notice}
        </Banner>
      ))}
    </>
  )
}
