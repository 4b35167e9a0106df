import classes from './SimulatedRibbon.module.css'

/** Says on every screen of a simulated organisation that it is one. It cannot be closed. */
export const SimulatedRibbon = ({ simulation }: { simulation: string }) => (
  <aside className={classes.ribbon} aria-label="Simulation">
    <span>
      Simulated organisation: {simulation}. Nothing on this screen comes from Genesys Cloud.
    </span>
  </aside>
)
