import type { AlertRule } from '#domain/alerts/alertRule.ts'
import { awayIn } from '#domain/alerts/awayIn.ts'
import { type AlertRecord, type Backtest, backtest } from '#domain/alerts/backtest.ts'

export type BacktestRequest = { record: AlertRecord; rules: readonly AlertRule[] }

/** What the rules would have done, and for how long Tidemark itself was not there. */
export type BacktestAnswer = Backtest & { awayMs: number }

/** All that the worker does, and what Node does without one. */
export function backtestAnswer(
  { record, rules }: BacktestRequest,
  progress?: (share: number) => void,
): BacktestAnswer {
  const away = awayIn(record)
  const awayMs = away.reduce((sum, { from, to }) => sum + (to - from), 0)
  return { ...backtest({ ...record, away }, rules, progress), awayMs }
}
