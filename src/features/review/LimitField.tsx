import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { formatCount } from '#domain/format.ts'
import type { Draft } from '#domain/incident/draft.ts'
import type { Incident } from '#domain/incident/incident.ts'
import { incidentSubject, limitsOf } from '#domain/incident/incidentEvidence.ts'
import type { MetricId } from '#domain/units.ts'
import { lineName } from '#domain/metrics/lineName.ts'
import { LinkButton } from '#ui/controls/LinkButton.tsx'
import classes from './LimitField.module.css'

type Props = {
  incident: Incident
  typed: Draft['typedLimits']
  onLimit: (metric: MetricId, value: number | null) => void
}

/** Asks for the limit that no source tells: without one there is nothing to judge. */
export function LimitField({ incident, typed, onLimit }: Props) {
  const { metric } = incidentSubject(incident)
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  if (!metric) return null
  const own = typed.find((one) => one.metric === metric.id)
  const isTold = (limitsOf(incident).get(metric.id) ?? []).some(({ value }) => value !== null)
  if (own)
    return (
      <p className={classes.words}>
        Limit {formatCount(own.value)}, typed in for this review.{' '}
        <LinkButton onClick={() => onLimit(metric.id, null)}>Take it back</LinkButton>
      </p>
    )
  if (isTold) return null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const value = Number(text.replace(/[\s\u202f]/g, ''))
    if (text.trim() === '' || !Number.isFinite(value) || value < 0)
      return setProblem('A number from 0 on is expected.')
    setProblem(null)
    setText('')
    onLimit(metric.id, value)
  }
  return (
    <form className={classes.form} onSubmit={submit}>
      <label className={classes.words}>
        No source tells the limit of {lineName(metric)}. It was
        <input
          className={classes.field}
          inputMode="numeric"
          aria-label="Limit then"
          aria-invalid={problem !== null}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <Button size="xs" type="submit">
        Judge by it
      </Button>
      {problem ? <p role="alert">{problem}</p> : null}
    </form>
  )
}
