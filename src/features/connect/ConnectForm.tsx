import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import { readFeedUrl } from '#sources/feed/feedUrl.ts'
import type { Embedding } from '#sources/genesys/embedding.ts'
import { LinkButton } from '#ui/controls/LinkButton.tsx'
import { StateGlyph } from '#ui/glyphs/StateGlyph.tsx'
import { ClientIdField } from './ClientIdField.tsx'
import classes from './ConnectForm.module.css'
import { ClientRecipe } from './ClientRecipe.tsx'
import { addressOf, clientIdProblem, type ConnectDraft } from './connectDraft.ts'
import type { ConnectProblem, ConnectRequest } from './connectRequest.ts'
import { EmbeddingNote } from './EmbeddingNote.tsx'
import { RegionChoice, TypedAddress } from './RegionFields.tsx'
import { RoleList } from './RoleList.tsx'

type Props = {
  draft: ConnectDraft
  onDraft: (part: Partial<ConnectDraft>) => void
  redirectUri: string
  /** What Genesys Cloud said when it opened this page in a frame. */
  embedding: Embedding | null
  onConnect: (request: ConnectRequest) => Promise<ConnectProblem | null>
  /** Leads to the same by single steps, with what was typed. */
  onGuide: () => void
}

type Field = 'domain' | 'clientId' | 'feedUrl'

/** The short way for those who know it: region, OAuth client and, if there is one, a feed; then the sign-in. */
export function ConnectForm(props: Props) {
  const { draft, onDraft, redirectUri, embedding, onConnect, onGuide } = props
  const [feedUrl, setFeedUrl] = useState<string | null>(null)
  const [problems, setProblems] = useState<Partial<Record<Field, string>>>({})
  const [failure, setFailure] = useState<ConnectProblem | null>(null)
  const [isBusy, setBusy] = useState(false)
  const attempts = useRef(0)

  async function signIn() {
    const read = readRequest(draft, feedUrl)
    setProblems(read.problems)
    setFailure(null)
    if (!read.request) return
    attempts.current += 1
    const attempt = attempts.current
    setBusy(true)
    const problem = await onConnect(read.request).catch(unexpected)
    // A newer attempt has taken its place, and the word belongs to that one.
    if (attempt !== attempts.current) return
    setBusy(false)
    setFailure(problem)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void signIn()
  }

  return (
    <section aria-labelledby="connect">
      <h2 id="connect">Connect an organisation</h2>
      <p className={classes.intro}>
        Sign in at Genesys Cloud. Read-only; at most half of the allowed request rate is used.{' '}
        <LinkButton onClick={onGuide}>Go step by step</LinkButton>
      </p>
      <EmbeddingNote embedding={embedding} />
      <form onSubmit={submit} noValidate>
        <div className={classes.fields}>
          <RegionChoice draft={draft} onDraft={onDraft} />
          <ClientIdField draft={draft} onDraft={onDraft} problem={problems.clientId ?? null} />
          <TypedAddress
            draft={draft}
            onDraft={onDraft}
            problem={problems.domain ?? null}
            className={classes.wide}
          />
        </div>
        <ClientRecipe redirectUri={redirectUri} />
        <RoleList withScopes />
        {feedUrl === null ? (
          <p className={classes.feed}>
            <StateGlyph state="unknown" sizePx={10} />
            WebSocket connections have no public count. A feed can measure them.
            <button type="button" className={classes.link} onClick={() => setFeedUrl('')}>
              Add a feed
            </button>
          </p>
        ) : (
          <TextInput
            className={classes.feedField!}
            label="Feed address, optional"
            description="A collector that speaks Tidemark’s feed protocol, at a proxy or firewall."
            placeholder="https://collector.example.org"
            autoComplete="off"
            spellCheck={false}
            value={feedUrl}
            error={problems.feedUrl}
            onChange={(event) => setFeedUrl(event.currentTarget.value)}
          />
        )}
        <div className={classes.submit}>
          <Button type="submit" className={classes.button!}>
            {isBusy ? 'Sign in again' : 'Sign in'}
          </Button>
          <span role="status">{failure ? wordsOf(failure) : isBusy ? WAITING : AT_REST}</span>
        </div>
      </form>
    </section>
  )
}

const AT_REST = 'Tokens stay in this browser session'
const WAITING =
  'Waiting for the login page, in a window of its own. If that is gone, or shows an error, correct what it names and sign in again.'

const wordsOf = ({ problem, remedy }: ConnectProblem) => `${problem} ${remedy}`

const unexpected = (cause: unknown): ConnectProblem => ({
  problem: `The sign-in failed: ${String(cause)}.`,
  remedy: 'Reload the page, then try again.',
})

type Reading = { request: ConnectRequest | null; problems: Partial<Record<Field, string>> }

/** What was typed as a request, or what is wrong with each field. */
function readRequest(draft: ConnectDraft, feedUrl: string | null): Reading {
  const problems: Partial<Record<Field, string>> = {}
  const address = addressOf(draft)
  if (address.problem) problems.domain = address.problem
  const clientProblem = clientIdProblem(draft)
  if (clientProblem) problems.clientId = clientProblem
  const feed = feedUrl?.trim() ? readFeedUrl(feedUrl) : null
  if (feed?.problem) problems.feedUrl = feed.problem
  if (!address.addresses || Object.keys(problems).length > 0) return { request: null, problems }
  const { domain } = address.addresses
  const clientId = draft.clientId.trim()
  return { request: { domain, clientId, feedUrl: feed?.url ?? null }, problems }
}
