import { Button, Checkbox } from '@mantine/core'
import type { ReactNode } from 'react'
import type { AlertRule } from '#domain/alerts/alertRule.ts'
import { DEFAULT_RULES } from '#domain/alerts/defaultRules.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { StateGlyph } from '#ui/glyphs/StateGlyph.tsx'
import table from '../table.module.css'
import classes from './AlertSettings.module.css'
import { clearsWords, firesWords, watchesWords } from './ruleWords.ts'

type Props = {
  rules: readonly AlertRule[]
  metrics: readonly Metric[]
  /** The rule whose form is open. */
  open: string | null
  onOpen: (id: string | null) => void
  formFor: (rule: AlertRule) => ReactNode
  onSwitch: (rule: AlertRule, isOn: boolean) => void
  /** Null while nothing can be tried. */
  onTry: ((rule: AlertRule) => void) | null
  onRemove: (rule: AlertRule) => void
}

/** Every rule in words, with its switch; those of one's own can be removed. */
export function RuleTable({ rules, metrics, open, onOpen, formFor, onTry, ...acts }: Props) {
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th>Rule</th>
          <th>Watches</th>
          <th>Fires</th>
          <th>Clears</th>
          <th>On</th>
          <th>
            <span className="visually-hidden">Actions</span>
          </th>
        </tr>
      </thead>
      {rules.map((rule) => (
        <tbody key={rule.id}>
          <tr>
            <td className={table.name}>
              <span className={classes.rule}>
                <StateGlyph state={rule.severity} sizePx={10} />
                {rule.name}
                <span className={classes.words}>
                  {rule.severity}
                  {rule.isStop ? ', stops a test' : ''}
                </span>
              </span>
            </td>
            <td>{watchesWords(rule, metrics)}</td>
            <td>{firesWords(rule)}</td>
            <td>{clearsWords(rule)}</td>
            <td>
              <Checkbox
                aria-label={`${rule.name} is on`}
                checked={rule.isOn}
                onChange={({ currentTarget }) => acts.onSwitch(rule, currentTarget.checked)}
              />
            </td>
            <td>
              <div className={table.acts}>
                <Button
                  size="xs"
                  disabled={onTry === null}
                  aria-label={`Try ${rule.name}`}
                  onClick={() => onTry?.(rule)}
                >
                  Try
                </Button>
                <Button
                  size="xs"
                  aria-label={`Edit ${rule.name}`}
                  aria-expanded={open === rule.id}
                  onClick={() => onOpen(open === rule.id ? null : rule.id)}
                >
                  Edit
                </Button>
                {isBrought(rule) ? null : (
                  <Button
                    size="xs"
                    aria-label={`Remove ${rule.name}`}
                    onClick={() => acts.onRemove(rule)}
                  >
                    Remove
                  </Button>
                )}
              </div>
            </td>
          </tr>
          {open === rule.id ? (
            <tr>
              <td colSpan={6}>{formFor(rule)}</td>
            </tr>
          ) : null}
        </tbody>
      ))}
    </table>
  )
}

/** Those that Tidemark brings are switched off, not removed: a reset would bring them back. */
const isBrought = ({ id }: AlertRule) => DEFAULT_RULES.some((one) => one.id === id)
