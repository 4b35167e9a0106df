import { Button } from '@mantine/core'
import { useState } from 'react'
import classes from './ScenarioChoice.module.css'

/** A scenario of the simulated organisation, as the first screen offers it. */
export type ScenarioOffer = { name: string; title: string; description: string }

type Props = {
  scenarios: readonly ScenarioOffer[]
  onSimulate: (scenario: string) => Promise<void>
}

const SHOWN_AT_FIRST = 4

/** A choice of scenarios and the button that starts one. */
export function ScenarioChoice({ scenarios, onSimulate }: Props) {
  const [chosen, setChosen] = useState(scenarios[0]?.name ?? null)
  const [isOpen, setOpen] = useState(false)
  const [isStarting, setStarting] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const shown = isOpen ? scenarios : scenarios.slice(0, SHOWN_AT_FIRST)
  const more = scenarios.length - SHOWN_AT_FIRST

  const start = () => {
    if (!chosen) return
    setStarting(true)
    setProblem(null)
    onSimulate(chosen).catch((cause: unknown) => {
      setStarting(false)
      setProblem(`The simulation did not start: ${String(cause)}`)
    })
  }

  return (
    <section aria-labelledby="simulate">
      <h2 id="simulate">Watch a simulated organisation</h2>
      <p className={classes.intro}>
        Ready at once, with an hour of history. Marked as simulated on every screen.
      </p>
      <fieldset className={classes.choices}>
        <legend className="visually-hidden">Scenario</legend>
        {shown.map(({ name, description }) => (
          <label key={name} className={classes.choice}>
            <input
              type="radio"
              name="scenario"
              checked={name === chosen}
              onChange={() => setChosen(name)}
            />
            <b>{name}</b>
            <span>{description}</span>
          </label>
        ))}
        {more > 0 && !isOpen ? (
          <button type="button" className={classes.more} onClick={() => setOpen(true)}>
            {more} more scenarios
            <svg width="8" height="8" aria-hidden="true">
              <path d="M1 2.5 4 5.5 7 2.5" fill="none" stroke="currentColor" strokeWidth="1.4" />
            </svg>
          </button>
        ) : null}
      </fieldset>
      <div className={classes.start}>
        <Button
          variant="filled"
          className={classes.button!}
          onClick={start}
          disabled={!chosen || isStarting}
        >
          Start the simulation
        </Button>
        <span role="status">
          {problem ?? (isStarting ? 'Starting…' : 'No sign-in, nothing leaves this browser')}
        </span>
      </div>
    </section>
  )
}
