import { Button } from '@mantine/core'
import { useCallback, useState } from 'react'
import type { AlertRule } from '#domain/alerts/alertRule.ts'
import { DEFAULT_RULES } from '#domain/alerts/defaultRules.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { DAY_MS, durationMs } from '#domain/units.ts'
import type { BacktestDesk } from '#monitor/backtest/backtestDesk.ts'
import { alertRulesOf, MOST_RULES } from '#sources/config/alertRules.ts'
import type { OrganisationConfig } from '#sources/config/tidemarkConfig.ts'
import { Toast } from '#ui/notes/Toast.tsx'
import { queryIdFor } from '../queryDraft.ts'
import classes from './AlertSettings.module.css'
import { NEW_RULE } from './ruleDraft.ts'
import { RuleForm } from './RuleForm.tsx'
import { RuleTable } from './RuleTable.tsx'
import { Tried } from './Tried.tsx'
import type { WindowLinks } from './triedWords.ts'

type Fields = Pick<OrganisationConfig, 'alertRules'>

type Props = {
  config: Fields
  /** The organisation's name. */
  organisation: string
  /** What is known of its metrics; none while it is not watched. */
  metrics: readonly Metric[]
  /** Tries rules on what was recorded; null while it is not watched. */
  desk: BacktestDesk | null
  links: WindowLinks
  onChange: (changes: Fields) => Promise<void>
}

const LENGTHS = [1, 7, 30].map((days) => durationMs(days * DAY_MS))

/** The rules that an organisation is judged by, and what they would have done. */
export function AlertSettings({ config, organisation, metrics, desk, links, onChange }: Props) {
  const rules = alertRulesOf(config)
  const [open, setOpen] = useState<string | null>(null)
  const [done, setDone] = useState<{ text: string; undo: () => void } | null>(null)
  const [lengthMs, setLengthMs] = useState(LENGTHS[1]!)
  const gone = useCallback(() => setDone(null), [])
  const close = () => setOpen(null)
  const levels = metrics.filter(({ kind, group }) => kind === 'gauge' && group !== 'queue')

  // Better rules that come with a newer Tidemark reach those who have changed nothing.
  const keep = (next: readonly AlertRule[] | null) =>
    onChange({ alertRules: next !== null && areDefault(next) ? null : next })
  const replace = (rule: AlertRule) => keep(rules.map((one) => (one.id === rule.id ? rule : one)))

  async function save(rule: AlertRule) {
    if (rule.id === NEW_RULE.id) {
      const id = queryIdFor(rule.name, [...rules, ...DEFAULT_RULES, NEW_RULE])
      await keep([...rules, { ...rule, id }])
    } else await replace(rule)
    close()
  }

  async function removed(rule: AlertRule) {
    close()
    await keep(rules.filter(({ id }) => id !== rule.id))
    setDone({ text: `${rule.name} judges no more.`, undo: () => void keep(rules) })
  }

  async function reset() {
    close()
    await keep(null)
    setDone({ text: 'The rules are those that Tidemark brings.', undo: () => void keep(rules) })
  }

  const tryRules =
    desk && ((tried: readonly AlertRule[]) => void desk.ask({ rules: tried, lengthMs }))
  const tryOne = tryRules && ((rule: AlertRule) => tryRules([rule]))
  const on = rules.filter(({ isOn }) => isOn)
  const formFor = (known: AlertRule) => (
    <RuleForm
      key={known.id}
      known={known}
      isNew={known.id === NEW_RULE.id}
      levels={levels}
      onTry={tryOne}
      onSave={(rule) => void save(rule)}
      onGone={close}
    />
  )

  return (
    <div className={classes.alerts}>
      <RuleTable
        rules={rules}
        metrics={metrics}
        open={open}
        onOpen={setOpen}
        formFor={formFor}
        onSwitch={(rule, isOn) => void replace({ ...rule, isOn })}
        onTry={tryOne}
        onRemove={(rule) => void removed(rule)}
      />
      {open === NEW_RULE.id ? formFor(NEW_RULE) : null}
      <div className={classes.acts}>
        {open === NEW_RULE.id ? null : (
          <Button disabled={rules.length >= MOST_RULES} onClick={() => setOpen(NEW_RULE.id)}>
            Add a rule
          </Button>
        )}
        {config.alertRules === null ? null : (
          <Button onClick={() => void reset()}>Reset to default</Button>
        )}
      </div>
      <Tried
        desk={desk}
        organisation={organisation}
        links={links}
        lengths={LENGTHS}
        lengthMs={lengthMs}
        onLength={setLengthMs}
        onTryAll={tryRules && on.length > 0 ? () => tryRules(on) : null}
      />
      {done ? <Toast key={done.text} {...done} onGone={gone} /> : null}
    </div>
  )
}

const areDefault = (rules: readonly AlertRule[]) =>
  JSON.stringify(rules) === JSON.stringify(DEFAULT_RULES)
