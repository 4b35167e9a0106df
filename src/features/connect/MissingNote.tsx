import { useOrgFacts } from '#state/useOrgFacts.ts'
import { CopyButton } from '#ui/controls/CopyButton.tsx'
import classes from './ConnectScreen.module.css'
import { administratorText, type Missing } from './probe.ts'

type Props = { missing: Missing; clientId: string }

/** What an administrator would have to grant, to be handed on. Without it the rest works. */
export function MissingNote({ missing, clientId }: Props) {
  const { organisation } = useOrgFacts()
  const { permissions, lacksScope } = missing
  const about = { organisation: organisation.name, domain: organisation.domain, clientId }
  return (
    <div className={classes.box}>
      <p>
        <b>Something is missing.</b> What needs it is off; the rest works. An administrator can
        grant it later, and it is tried again by itself.
      </p>
      <ul className={classes.missing}>
        {permissions.map((name) => (
          <li key={name}>
            <code>{name}</code>
          </li>
        ))}
        {lacksScope ? <li>A scope of the OAuth client: the list of step 2 names them.</li> : null}
      </ul>
      <CopyButton
        text={() => administratorText(missing, about)}
        what="what is missing"
        label="Copy for an administrator"
      />
    </div>
  )
}
