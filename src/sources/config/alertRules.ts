import * as z from 'zod/mini'
import { type AlertRule, ruleProblem } from '#domain/alerts/alertRule.ts'
import type { BurnTier } from '#domain/alerts/burnRate.ts'
import { DEFAULT_RULES } from '#domain/alerts/defaultRules.ts'
import { ERROR_CLASSES } from '#domain/errors/errorEvent.ts'
import { type DurationMs, durationMs, type MetricId, metricId } from '#domain/units.ts'

/** Each is judged at every sample; the default ones are ten. */
export const MOST_RULES = 50

const length = () =>
  z.pipe(
    z.number(),
    z.transform((ms): DurationMs => durationMs(ms)),
  )

const tierShape: z.ZodMiniType<BurnTier> = z.object({
  longMs: length(),
  shortMs: length(),
  budgetUsed: z.number(),
  leastLong: z.number(),
  leastShort: z.number(),
})

const anyRule = {
  /** Alerts are known by it: plain characters only. */
  id: z.string().check(z.regex(/^[A-Za-z0-9-]{1,60}$/)),
  name: z.string().check(z.minLength(1), z.maxLength(100)),
  severity: z.enum(['critical', 'warn']),
  isStop: z.boolean(),
  isOn: z.boolean(),
  holdMs: length(),
  keepFiringMs: length(),
}

const ruleShape = z
  .discriminatedUnion('kind', [
    z.object({
      ...anyRule,
      kind: z.literal('level'),
      metric: z.nullable(
        z.pipe(
          z.string().check(z.minLength(1)),
          z.transform((id): MetricId => metricId(id)),
        ),
      ),
      levels: z.object({ fireAt: z.number(), clearBelow: z.number(), clearSamples: z.number() }),
    }),
    z.object({
      ...anyRule,
      kind: z.literal('failures'),
      classes: z.array(z.enum(ERROR_CLASSES)),
      basis: z.enum(['share', 'count']),
      budget: z.number(),
      tiers: z.array(tierShape).check(z.maxLength(4)),
    }),
    z.object({ ...anyRule, kind: z.literal('leak') }),
    z.object({ ...anyRule, kind: z.literal('blind') }),
  ])
  .check((context) => {
    const problem = ruleProblem(context.value)
    if (problem === null) return
    const { value: input } = context
    context.issues.push({ code: 'custom', message: clauseOf(problem), input })
  })

/** `cannot be used: the level that fires must be above 0`: what follows the name of a field. */
const clauseOf = (sentence: string) =>
  `cannot be used: ${sentence.charAt(0).toLowerCase()}${sentence.slice(1).replace(/\.$/, '')}`

/** The rules of an organisation as they are kept; null: those that Tidemark brings, whatever they come to be. */
export const alertRulesShape: z.ZodMiniType<readonly AlertRule[] | null> = z.nullable(
  z.array(ruleShape).check(
    z.maxLength(MOST_RULES),
    z.refine(
      (all) => new Set(all.map(({ id }) => id)).size === all.length,
      'has two entries with the same id',
    ),
  ),
)

/** The rules that an organisation is judged by. */
export const alertRulesOf = ({
  alertRules,
}: {
  alertRules: readonly AlertRule[] | null
}): readonly AlertRule[] => alertRules ?? DEFAULT_RULES
