import classes from './Kbd.module.css'

/** A key's name as it stands on the key. */
export function Kbd({ children }: { children: string }) {
  return <kbd className={classes.kbd}>{children}</kbd>
}
