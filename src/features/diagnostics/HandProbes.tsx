import { HAND_PROBES } from '#sources/genesys/probes/probes.ts'
import classes from './Diagnostics.module.css'

/** The probes that Tidemark does not run: what to do, and why it is left to people. */
export const HandProbes = () => (
  <div className={classes.hands}>
    {HAND_PROBES.map(({ id, title, decides, steps, whyNot }) => (
      <article key={id} aria-label={`${id} ${title}`}>
        <h3 className={classes.name}>
          <span className={classes.number}>{id}</span> {title}
        </h3>
        <p className={classes.decides}>Decides {decides}.</p>
        <ol className={classes.steps}>
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <p>Why by hand: {whyNot}</p>
      </article>
    ))}
  </div>
)
