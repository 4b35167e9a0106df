import { Button, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import { readFeedUrl } from '#sources/feed/feedUrl.ts'
import { readAddress } from '#sources/genesys/addresses.ts'
import { REGIONS } from '#sources/genesys/regions.ts'
import { StateGlyph } from '#ui/glyphs/StateGlyph.tsx'
import classes from './ConnectForm.module.css'
import { ClientRecipe } from './ClientRecipe.tsx'
import { RoleList } from './RoleList.tsx'

/** What is needed to sign in to an organisation. */
export type ConnectRequest = { domain: string; clientId: string; feedUrl: string | null }

type Props = {
  redirectUri: string
  onConnect: (request: ConnectRequest) => Promise<string | null>
}

type Field = 'domain' | 'clientId' | 'feedUrl' | 'form'

const OTHER = 'other'
const CHOICES = [
  ...REGIONS.map(({ place, domain }) => ({ value: domain, label: `${place}, ${domain}` })),
  { value: OTHER, label: 'Another domain, or an address of this machine' },
]

/** Region, OAuth client and, if there is one, a feed; then the sign-in at Genesys Cloud. */
export function ConnectForm({ redirectUri, onConnect }: Props) {
  const [region, setRegion] = useState('mypurecloud.de')
  const [typed, setTyped] = useState('')
  const [clientId, setClientId] = useState('')
  const [feedUrl, setFeedUrl] = useState<string | null>(null)
  const [problems, setProblems] = useState<Partial<Record<Field, string>>>({})
  const [isBusy, setBusy] = useState(false)
  const attempts = useRef(0)

  async function signIn() {
    const read = readRequest({ domain: region === OTHER ? typed : region, clientId, feedUrl })
    setProblems(read.problems)
    if (!read.request) return
    attempts.current += 1
    const attempt = attempts.current
    setBusy(true)
    const problem = await onConnect(read.request).catch(
      (cause: unknown) => `The sign-in failed: ${String(cause)}`,
    )
    // A newer attempt has taken its place, and the word belongs to that one.
    if (attempt !== attempts.current) return
    setBusy(false)
    if (problem) setProblems({ form: problem })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void signIn()
  }

  return (
    <section aria-labelledby="connect">
      <h2 id="connect">Connect an organisation</h2>
      <p className={classes.intro}>
        Sign in at Genesys Cloud. Read-only; at most half of the allowed request rate is used.
      </p>
      <form onSubmit={submit} noValidate>
        <div className={classes.fields}>
          <NativeSelect
            label="Region"
            data={CHOICES}
            value={region}
            onChange={(event) => setRegion(event.currentTarget.value)}
          />
          <TextInput
            label="OAuth client ID"
            placeholder="xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"
            autoComplete="off"
            spellCheck={false}
            classNames={{ input: classes.mono! }}
            value={clientId}
            error={problems.clientId}
            onChange={(event) => setClientId(event.currentTarget.value)}
          />
          {region === OTHER ? (
            <TextInput
              className={classes.wide!}
              label="Domain or address"
              placeholder="mypurecloud.de or 127.0.0.1:8787"
              autoComplete="off"
              spellCheck={false}
              value={typed}
              error={problems.domain}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
          ) : null}
        </div>
        <ClientRecipe redirectUri={redirectUri} />
        <RoleList />
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
          <span role="status">
            {problems.form ??
              (isBusy
                ? 'Waiting for the login page, in a window of its own. If that is gone, sign in again.'
                : 'Tokens stay in this browser session')}
          </span>
        </div>
      </form>
    </section>
  )
}

type Reading = { request: ConnectRequest | null; problems: Partial<Record<Field, string>> }

/** What was typed as a request, or what is wrong with each field. */
function readRequest(typed: ConnectRequest): Reading {
  const problems: Partial<Record<Field, string>> = {}
  const address = readAddress(typed.domain)
  if (address.problem) problems.domain = address.problem
  const clientId = typed.clientId.trim()
  if (clientId === '') problems.clientId = 'Copy it from the OAuth client in Genesys Cloud Admin.'
  const feed = typed.feedUrl?.trim() ? readFeedUrl(typed.feedUrl) : null
  if (feed?.problem) problems.feedUrl = feed.problem
  if (!address.addresses || Object.keys(problems).length > 0) return { request: null, problems }
  const { domain } = address.addresses
  return { request: { domain, clientId, feedUrl: feed?.url ?? null }, problems }
}
