import { Checkbox, NativeSelect, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import type { FailureRule } from '#domain/alerts/alertRule.ts'
import { ERROR_CLASSES, type ErrorClass } from '#domain/errors/errorEvent.ts'
import { formatDuration } from '#domain/format.ts'
import classes from './AlertSettings.module.css'
import type { RuleDraft } from './ruleDraft.ts'

type Props = {
  tiers: FailureRule['tiers']
  draft: RuleDraft
  problem: string | null
  change: (changes: Partial<RuleDraft>) => void
  budget: ReactNode
}

/** What counts as a failure, and how many are too many. */
export function FailureFields({ tiers, draft, problem, change, budget }: Props) {
  const toggle = (name: ErrorClass) =>
    change({
      classes: draft.classes.includes(name)
        ? draft.classes.filter((one) => one !== name)
        : [...draft.classes, name],
    })
  const least = (index: number, changes: Partial<RuleDraft['least'][number]>) =>
    change({ least: draft.least.map((one, i) => (i === index ? { ...one, ...changes } : one)) })
  return (
    <>
      <fieldset className={`${classes.wide} ${classes.classes}`}>
        <legend className={classes.label}>Classes of errors</legend>
        {ERROR_CLASSES.map((name) => (
          <Checkbox
            key={name}
            label={name}
            checked={draft.classes.includes(name)}
            onChange={() => toggle(name)}
          />
        ))}
      </fieldset>
      <NativeSelect
        label="Judged by"
        description="Where nobody counts attempts, counts decide in either case."
        value={draft.basis}
        data={[
          { value: 'share', label: 'Share of attempts, and least counts' },
          { value: 'count', label: 'Counts alone' },
        ]}
        onChange={({ currentTarget: { value } }) =>
          change({ basis: value === 'count' ? 'count' : 'share' })
        }
      />
      {budget ?? <span />}
      {tiers.flatMap(({ longMs, shortMs }, i) =>
        (['long', 'short'] as const).map((side) => (
          <TextInput
            key={`${longMs} ${side}`}
            label={`Least failures in ${formatDuration(side === 'long' ? longMs : shortMs)}`}
            value={draft.least[i]?.[side] ?? ''}
            error={problem}
            inputMode="numeric"
            autoComplete="off"
            onChange={({ currentTarget: { value } }) => least(i, { [side]: value })}
          />
        )),
      )}
    </>
  )
}
