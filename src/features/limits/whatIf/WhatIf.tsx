import { Button, NativeSelect, NumberInput } from '@mantine/core'
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { formatCount } from '#domain/format.ts'
import type { Span } from '#domain/incident/incident.ts'
import { hasAttempts } from '#domain/limits/attemptsAt.ts'
import { whatIfWords } from '#domain/limits/whatIfWords.ts'
import { limitAt } from '#domain/metrics/limitSteps.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { epochMs, type EpochMs, type MetricId } from '#domain/units.ts'
import type { WhatIfDesk, WhatIfState } from '#monitor/limits/whatIfDesk.ts'
import { useOrgFacts } from '#state/useOrgFacts.ts'
import { RangePopover } from '#ui/controls/RangePopover.tsx'
import { Note } from '#ui/notes/Note.tsx'
import classes from './WhatIf.module.css'
import { WhatIfCurve } from './WhatIfCurve.tsx'
import { periodWords, usualSpan, WHAT_IF_LENGTHS } from './whatIfSpan.ts'

type Props = {
  desk: WhatIfDesk
  now: () => EpochMs
  zone: string
  /** The metric that was chosen elsewhere on the screen; null: the one whose attempts are counted, or the first with a limit. */
  metric: MetricId | null
}

/** What a recorded window would have been like under another limit. */
export function WhatIf({ desk, now, zone, metric: preferred }: Props) {
  const { metrics, limits } = useOrgFacts()
  const limited = useMemo(
    () => metrics.filter(({ id, kind }) => kind === 'gauge' && hasLimit(limits.get(id))),
    [metrics, limits],
  )
  const [chosen, setChosen] = useState<MetricId | null>(null)
  const isIn = (id: MetricId | null) => limited.some((metric) => metric.id === id)
  const id =
    [chosen, preferred].find((one) => one !== null && isIn(one)) ??
    (limited.find(hasAttempts) ?? limited[0])?.id
  if (id === undefined)
    return (
      <div className={classes.pane}>
        <Note title="No limit is known yet.">
          As soon as something that is counted has a limit, other limits can be tried on it here.
        </Note>
      </div>
    )
  return (
    <div className={classes.pane}>
      <NativeSelect
        label="What"
        value={id}
        data={limited.map((metric) => ({ value: metric.id, label: metric.title }))}
        onChange={(event) => {
          const wanted = limited.find((metric) => metric.id === event.currentTarget.value)
          if (wanted) setChosen(wanted.id)
        }}
      />
      <Question
        key={id}
        desk={desk}
        now={now}
        zone={zone}
        metric={id}
        inForce={limitAt(limits.get(id) ?? [], now())}
      />
    </div>
  )
}

const hasLimit = (steps: readonly { value: number | null }[] | undefined) =>
  steps?.some(({ value }) => value !== null) ?? false

type QuestionProps = Omit<Props, 'metric'> & { metric: Metric['id']; inForce: number | null }

function Question({ desk, now, zone, metric, inForce }: QuestionProps) {
  const [span, setSpan] = useState<Span>(() => usualSpan(now()))
  const [limit, setLimit] = useState<number | null>(inForce)
  const state = useSyncExternalStore(desk.subscribe, desk.state)
  useEffect(() => {
    if (limit !== null) desk.ask({ metric, span, limit })
  }, [desk, metric, span, limit])
  const step = stepFor(inForce)
  const move = (by: 1 | -1) =>
    setLimit(Math.min(MOST, Math.max(LEAST, (limit ?? inForce ?? 0) + by * step)))
  return (
    <>
      <div className={classes.row}>
        <span className={classes.label}>When</span>
        <RangePopover
          {...span}
          zone={zone}
          name="What-if window"
          lengths={WHAT_IF_LENGTHS}
          onLength={(lengthMs) => setSpan({ from: epochMs(now() - lengthMs), to: now() })}
          onRange={(from, to) => setSpan({ from, to })}
        />
      </div>
      <div className={classes.field}>
        <NumberInput
          label="With a limit of"
          description={inForce === null ? 'The limit now is not known.' : undefined}
          value={limit ?? ''}
          min={LEAST}
          max={MOST}
          step={step}
          allowDecimal={false}
          allowNegative={false}
          thousandSeparator=" "
          clampBehavior="blur"
          hideControls
          onChange={(value) => {
            const typed = typeof value === 'number' ? value : Number.parseFloat(value)
            setLimit(typed >= LEAST && typed <= MOST ? typed : null)
          }}
        />
        <Button aria-label={`${formatCount(step)} less`} onClick={() => move(-1)}>
          −
        </Button>
        <Button aria-label={`${formatCount(step)} more`} onClick={() => move(1)}>
          +
        </Button>
      </div>
      <Answer state={state} metric={metric} limit={limit} zone={zone} />
    </>
  )
}

/** The least and the most that are a limit here. */
const LEAST = 1
const MOST = 1e9

/** A round step of about a twentieth of the limit. */
function stepFor(limit: number | null): number {
  if (limit === null || limit < 20) return 1
  return 10 ** Math.floor(Math.log10(limit / 10)) * (limit < 50 ? 1 : 5)
}

type AnswerProps = { state: WhatIfState; metric: MetricId; limit: number | null; zone: string }

function Answer({ state, metric, limit, zone }: AnswerProps) {
  if (limit === null)
    return <p className={classes.method}>A limit is a whole number from 1 on; type one.</p>
  if (state.kind === 'failed')
    return (
      <div role="alert">
        <Note title="The history cannot be read.">{state.message}</Note>
      </div>
    )
  const answer =
    state.kind === 'answered' ? state.answer : state.kind === 'working' ? state.last : null
  if (!answer || answer.question.metric !== metric)
    return (
      <p className={classes.method} role="status">
        Reading what was recorded…
      </p>
    )
  const { found, inForce, question, tier } = answer
  const words = whatIfWords(found, inForce, periodWords(question.span, zone))
  const isCurved = found.kind === 'replay' || found.kind === 'bounds'
  return (
    <div aria-busy={state.kind === 'working'} className={classes.answer}>
      <p className={classes.sentence} role="status">
        {words.answer}
      </p>
      {isCurved ? <WhatIfCurve curve={found.curve} limit={found.limit} inForce={inForce} /> : null}
      <p className={classes.method}>{words.method}</p>
      {tier === 'minutes' ? (
        <p className={classes.method}>
          Of so long or so old a window what each minute came to is read; what clients did is kept
          for about an hour only.
        </p>
      ) : null}
    </div>
  )
}
