import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { OrgId } from '#domain/units.ts'
import { GRANT, PERMISSIONS, SCOPES } from '#sources/genesys/access.ts'
import { CopyButton } from '#ui/controls/CopyButton.tsx'
import { ClientIdField } from './ClientIdField.tsx'
import { clientIdProblem, type ConnectDraft } from './connectDraft.ts'
import classes from './ConnectScreen.module.css'
import { recipeText } from './recipeText.ts'
import { RoleList } from './RoleList.tsx'

type Props = {
  draft: ConnectDraft
  onDraft: (part: Partial<ConnectDraft>) => void
  redirectUri: string
  /** The organisation that this browser watches with the same client in the same region already. */
  duplicate: { id: OrgId; name: string } | null
  onOpen: (id: OrgId) => void
  onBack: () => void
  onNext: () => void
}

/** What has to be made in Genesys Cloud, and the id that comes of it. */
export function ClientStep(props: Props) {
  const { draft, onDraft, redirectUri, duplicate, onOpen, onBack, onNext } = props
  const [isChecked, setChecked] = useState(false)
  const problem = clientIdProblem(draft)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (problem === null) onNext()
  }
  return (
    <form onSubmit={submit} noValidate className={classes.form}>
      <p>
        Once per organisation, by somebody who may add OAuth clients there.{' '}
        <CopyButton text={recipeText(redirectUri)} what="all of this" label="Copy all of this" />
      </p>
      <ol className={classes.recipe}>
        <li>In Genesys Cloud: Admin, Integrations, OAuth, Add client.</li>
        <li>
          Grant: {GRANT}. <CopyButton text={GRANT} what="grant" />
        </li>
        <li>
          Redirect address, exactly so: <code>{redirectUri}</code>{' '}
          <CopyButton text={redirectUri} what="redirect address" />
        </li>
        <li>
          Scopes, all but one read-only: <code>{SCOPES.join(' ')}</code>{' '}
          <CopyButton text={SCOPES.join('\n')} what="scopes" />
        </li>
        <li>
          A role for whoever signs in, for all divisions: {PERMISSIONS.length} permissions. What is
          missing turns off its metric and nothing else.
          <RoleList />
        </li>
      </ol>
      <div className={classes.fields}>
        <ClientIdField draft={draft} onDraft={onDraft} problem={isChecked ? problem : null} />
      </div>
      {duplicate ? (
        <div className={classes.box} role="status">
          <p>
            <b>This browser already has it, as {duplicate.name}.</b> Signing in again adds nothing:
            it renews the sign-in of that one.
          </p>
          <Button onClick={() => onOpen(duplicate.id)}>Open {duplicate.name}</Button>
        </div>
      ) : null}
      <div className={classes.acts}>
        <Button type="submit" variant="filled">
          {duplicate ? 'Continue all the same' : 'Continue'}
        </Button>
        <Button onClick={onBack}>Back</Button>
      </div>
    </form>
  )
}
