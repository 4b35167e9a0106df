import { CopyButton } from '#ui/controls/CopyButton.tsx'
import classes from './Diagnostics.module.css'
import { minimumRole } from './minimumRole.ts'

/** The minimum role, printed as it is copied. */
export function MinimumRole() {
  const text = minimumRole()
  return (
    <>
      <pre className={classes.role}>{text}</pre>
      <CopyButton text={text} what="the minimum role" label="Copy the role" />
    </>
  )
}
