import { TextInput } from '@mantine/core'
import classes from './ConnectForm.module.css'
import type { ConnectDraft } from './connectDraft.ts'

type Props = {
  draft: ConnectDraft
  onDraft: (part: Partial<ConnectDraft>) => void
  problem: string | null
}

/** The id of the OAuth client: no secret, and no secret is asked for. */
export const ClientIdField = ({ draft, onDraft, problem }: Props) => (
  <TextInput
    label="OAuth client ID"
    placeholder="xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"
    autoComplete="off"
    spellCheck={false}
    classNames={{ input: classes.mono! }}
    value={draft.clientId}
    error={problem}
    onChange={(event) => onDraft({ clientId: event.currentTarget.value })}
  />
)
