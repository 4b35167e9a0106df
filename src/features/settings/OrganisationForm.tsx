import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { OrganisationConfig } from '#sources/config/tidemarkConfig.ts'
import { readFeedUrl } from '#sources/feed/feedUrl.ts'
import { CopyButton } from '#ui/controls/CopyButton.tsx'
import classes from './fields.module.css'
import type { SettingsActions, SettingsOrganisation } from './settingsActions.ts'

type Props = {
  known: SettingsOrganisation
  redirectUri: string
  actions: SettingsActions
  onDone: () => void
}

/** Name, OAuth client and feed of one organisation. */
export function OrganisationForm({ known, redirectUri, actions, onDone }: Props) {
  const { config } = known
  const [name, setName] = useState(config.name)
  const [clientId, setClientId] = useState(config.clientId)
  const [feedUrl, setFeedUrl] = useState(config.feed?.url ?? '')
  const [feedName, setFeedName] = useState(config.feed?.organisation ?? '')
  const [bearer, setBearer] = useState(known.feedBearer ?? '')
  const [feedProblem, setFeedProblem] = useState<string | null>(null)
  const [said, setSaid] = useState('')
  const isConnected = config.simulation === null

  const feedOrProblem = () => {
    if (feedUrl.trim() === '') return { url: null, problem: null }
    const reading = readFeedUrl(feedUrl)
    setFeedProblem(reading.problem)
    return reading
  }

  async function check() {
    const { url } = feedOrProblem()
    if (!url) return
    setSaid('Asking the feed…')
    const probe = await actions.checkFeed(url, bearer || null)
    setSaid(
      probe.kind === 'works'
        ? `The feed answers and knows ${probe.organisations.map((each) => each.name).join(', ') || 'no organisation'}.`
        : probe.problem,
    )
  }

  async function save() {
    const { url, problem } = feedOrProblem()
    if (problem !== null) return
    const changes: Partial<OrganisationConfig> = {
      name: name.trim() || config.name,
      clientId: clientId.trim(),
      feed: url === null ? null : { url, organisation: feedName.trim() || null },
    }
    actions.setFeedBearer(config.id, bearer.trim() || null)
    await actions.change(config.id, changes)
    onDone()
  }

  const submit = (event: FormEvent) => {
    event.preventDefault()
    void save()
  }

  return (
    <form className={classes.fields} onSubmit={submit} noValidate>
      <TextInput
        label="Name"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {isConnected ? (
        <TextInput
          label="OAuth client ID"
          value={clientId}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setClientId(event.currentTarget.value)}
        />
      ) : null}
      <TextInput
        label="Feed address"
        description="Leave it empty where there is none."
        placeholder="https://collector.example.org"
        value={feedUrl}
        error={feedProblem}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setFeedUrl(event.currentTarget.value)}
      />
      <TextInput
        label="Organisation in the feed"
        description="Empty: the one of the same name, else its only one."
        value={feedName}
        onChange={(event) => setFeedName(event.currentTarget.value)}
      />
      <TextInput
        type="password"
        label="Feed token"
        description="Ends with this browser session; never stored."
        value={bearer}
        autoComplete="off"
        onChange={(event) => setBearer(event.currentTarget.value)}
      />
      {isConnected ? (
        <div>
          <p className={classes.label}>Redirect address of the client</p>
          <p className={classes.hint}>To be entered at the OAuth client exactly so.</p>
          <p className={classes.row}>
            <code>{redirectUri}</code>
            <CopyButton text={redirectUri} what="redirect address" />
          </p>
        </div>
      ) : null}
      <div className={`${classes.row} ${classes.acts}`}>
        <Button type="submit" variant="filled">
          Save
        </Button>
        <Button onClick={onDone}>Cancel</Button>
        <Button disabled={feedUrl.trim() === ''} onClick={() => void check()}>
          Check the feed
        </Button>
        <span role="status">{said}</span>
      </div>
    </form>
  )
}
