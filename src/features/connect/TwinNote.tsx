import { Button } from '@mantine/core'
import type { OrgId } from '#domain/units.ts'
import classes from './ConnectScreen.module.css'

/** Another entry for the same organisation. */
export type Twin = { id: OrgId; name: string; clientId: string }

type Props = { twin: Twin; clientId: string; onTake: (id: OrgId) => void }

/** The same organisation by two clients is asked twice and drawn twice: the user decides. */
export const TwinNote = ({ twin, clientId, onTake }: Props) => (
  <div className={classes.box} role="status">
    <p>
      <b>This is the same organisation as {twin.name}</b>, which this browser reads with the client{' '}
      <code>{twin.clientId}</code>. Kept as two, it is asked twice and has two histories. To keep
      both, go on.
    </p>
    <Button onClick={() => onTake(twin.id)}>
      Remove the client {clientId} and open {twin.name}
    </Button>
  </div>
)
