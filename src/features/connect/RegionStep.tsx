import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Embedding } from '#sources/genesys/embedding.ts'
import { addressOf, type ConnectDraft } from './connectDraft.ts'
import classes from './ConnectScreen.module.css'
import { EmbeddingNote } from './EmbeddingNote.tsx'
import { RegionChoice, TypedAddress } from './RegionFields.tsx'

type Props = {
  draft: ConnectDraft
  onDraft: (part: Partial<ConnectDraft>) => void
  embedding: Embedding | null
  onNext: () => void
}

/** Where the organisation lives. */
export function RegionStep({ draft, onDraft, embedding, onNext }: Props) {
  const [isChecked, setChecked] = useState(false)
  const { addresses, problem } = addressOf(draft)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (addresses) onNext()
  }
  return (
    <form onSubmit={submit} noValidate className={classes.form}>
      <EmbeddingNote embedding={embedding} />
      <p>
        The address of your Genesys Cloud ends in it: at <code>apps.mypurecloud.de</code> the region
        is Frankfurt. An OAuth client is known in its own region only.
      </p>
      <div className={classes.fields}>
        <RegionChoice draft={draft} onDraft={onDraft} />
        <TypedAddress draft={draft} onDraft={onDraft} problem={isChecked ? problem : null} />
      </div>
      {addresses?.kind === 'typed' ? (
        <p>
          No region known here. The page may talk to it only where it was allowed at the start:{' '}
          <code>
            tidemark serve --connect {addresses.api} --connect {addresses.login}
          </code>
        </p>
      ) : null}
      <div className={classes.acts}>
        <Button type="submit" variant="filled">
          Continue
        </Button>
      </div>
    </form>
  )
}
