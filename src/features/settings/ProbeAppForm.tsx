import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { isProbeApp, MOST_PROBE_APPS, NO_PROBE_APP } from '#sources/config/tidemarkConfig.ts'
import classes from './ProbeSettings.module.css'

type Props = {
  apps: readonly string[]
  /** The other organisation for which an app reports; null where there is none. */
  ownerOf: (app: string) => string | null
  onAdd: (app: string) => Promise<void>
}

/** Names one more app. */
export function ProbeAppForm({ apps, ownerOf, onAdd }: Props) {
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState<string | null>(null)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const app = typed.trim()
    const found = problemOf(app, apps, ownerOf(app))
    setProblem(found)
    if (found !== null) return
    setTyped('')
    void onAdd(app)
  }

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <TextInput
        label="App"
        description="What its tag has as data-app."
        placeholder="agent-desktop"
        value={typed}
        error={problem}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Button type="submit">Add app</Button>
    </form>
  )
}

function problemOf(app: string, apps: readonly string[], owner: string | null): string | null {
  if (app === '') return 'Type the name of an app.'
  if (!isProbeApp(app)) return `“${app}” ${NO_PROBE_APP}.`
  if (apps.includes(app)) return 'This app is named already.'
  if (owner !== null) return `It reports for ${owner}, and for one organisation only.`
  return apps.length >= MOST_PROBE_APPS ? `${MOST_PROBE_APPS} are named, which is the most.` : null
}
