import { GRANT } from '#sources/genesys/access.ts'
import { CopyButton } from '#ui/controls/CopyButton.tsx'
import classes from './ConnectForm.module.css'

type Props = { redirectUri: string }

/** What the OAuth client must look like, with the exact redirect address to copy. */
export const ClientRecipe = ({ redirectUri }: Props) => (
  <p className={classes.recipe}>
    The client needs the grant “{GRANT}” and this redirect address. No secret is asked for.
    <span className={classes.address}>
      <code>{redirectUri}</code>
      <CopyButton text={redirectUri} what="redirect address" />
    </span>
  </p>
)
