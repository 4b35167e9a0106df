import { Button, Checkbox, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { epochMs } from '#domain/units.ts'
import type { OrganisationConfig } from '#sources/config/tidemarkConfig.ts'
import { readPrometheusUrl } from '#sources/history/prometheus/prometheusUrl.ts'
import classes from './fields.module.css'
import { probeWords } from './prometheusWords.ts'
import { QueryList } from './QueryList.tsx'
import type { SettingsActions } from './settingsActions.ts'
import table from './table.module.css'

type Fields = Pick<OrganisationConfig, 'id' | 'prometheus' | 'queries'>

type Props = {
  config: Fields
  actions: Pick<SettingsActions, 'checkPrometheus' | 'tryQuery'>
  onChange: (changes: Partial<Fields>) => Promise<void>
}

type Draft = { url: string; readsHistory: boolean; organisation: string }

/** Where a Prometheus is that knows of this organisation, and what it is asked. */
export function PrometheusSettings({ config, actions, onChange }: Props) {
  const known = draftOf(config.prometheus)
  const [draft, setDraft] = useState<Draft | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [said, setSaid] = useState('')
  const { url, readsHistory, organisation } = draft ?? known

  function change(changes: Partial<Draft>) {
    setDraft({ url, readsHistory, organisation, ...changes })
    setProblem(null)
    setSaid('')
  }

  function discard() {
    setDraft(null)
    setProblem(null)
    setSaid('')
  }

  /** The address, or null where it is none: the reason stands under its field. */
  function readUrl(): string | null {
    const reading = readPrometheusUrl(url)
    setProblem(reading.problem)
    return reading.url
  }

  async function check() {
    const read = readUrl()
    if (read === null) return
    setSaid('Asking Prometheus…')
    const probe = await actions.checkPrometheus(read)
    setSaid(probeWords(probe, organisation.trim() || config.id, epochMs(Date.now())))
  }

  async function save() {
    const isNone = url.trim() === ''
    const read = isNone ? null : readUrl()
    if (!isNone && read === null) return
    const name = organisation.trim() || null
    await onChange({
      prometheus: read === null ? null : { url: read, readsHistory, organisation: name },
    })
    setDraft(null)
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    void save()
  }

  return (
    <>
      <form className={classes.fields} onSubmit={submit} noValidate>
        <TextInput
          label="Prometheus address"
          description="Or /prometheus, as tidemark serve passes it on."
          placeholder="http://127.0.0.1:9090 or /prometheus"
          value={url}
          error={problem}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => change({ url: event.currentTarget.value })}
        />
        <TextInput
          label="Organisation’s id at the recorder"
          description={`Empty: ${config.id}, as it is called here.`}
          value={organisation}
          spellCheck={false}
          autoComplete="off"
          maxLength={200}
          onChange={(event) => change({ organisation: event.currentTarget.value })}
        />
        <div className={classes.wide}>
          <Checkbox
            label="Read history from it"
            description="What was not watched in this browser is filled in, on Live, Review and Limits. It is only read."
            checked={readsHistory}
            classNames={{ label: table.choice!, description: table.choiceWords! }}
            onChange={(event) => change({ readsHistory: event.currentTarget.checked })}
          />
        </div>
        <div className={`${classes.row} ${classes.acts}`}>
          {draft === null ? null : (
            <>
              <Button type="submit" variant="filled">
                Save
              </Button>
              <Button onClick={discard}>Discard</Button>
            </>
          )}
          <Button disabled={url.trim() === ''} onClick={() => void check()}>
            Check
          </Button>
          <span role="status">{said || (draft === null ? '' : 'Not saved yet.')}</span>
        </div>
      </form>
      <QueryList
        queries={config.queries}
        url={config.prometheus?.url ?? null}
        onTry={actions.tryQuery}
        onChange={(queries) => onChange({ queries })}
      />
    </>
  )
}

const draftOf = (prometheus: Fields['prometheus']): Draft => ({
  url: prometheus?.url ?? '',
  readsHistory: prometheus?.readsHistory ?? true,
  organisation: prometheus?.organisation ?? '',
})
