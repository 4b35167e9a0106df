import classes from './Wall.module.css'

/** In the place of a tile that failed: whose it is, and that it is tried again. The others go on. */
export function FailedTile({ name }: { name: string }) {
  return (
    <div className={classes.row} data-state="failed">
      <div className={classes.hatch} aria-hidden="true" />
      <div className={classes.names}>
        <h2 className={classes.name}>{name}</h2>
        <p className={classes.words}>Tile failed, is tried again</p>
      </div>
    </div>
  )
}
