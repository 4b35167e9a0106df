import * as z from 'zod/mini'
import { DEFAULT_THRESHOLDS, type Thresholds } from '#domain/metrics/metric.ts'
import { durationMs, epochMs, orgId } from '#domain/units.ts'
import { parseShape, type Parsed } from '../shape.ts'
import { readAddress } from '../genesys/addresses.ts'
import { readFeedUrl } from '../feed/feedUrl.ts'

const name = () => z.string().check(z.minLength(1), z.maxLength(200))

/** A share of a limit, above nothing and at most all of it. */
const share = () => z.number().check(z.gt(0), z.lte(1))

const shares = { warnAt: share(), criticalAt: share() }
const ordered = z.refine<Thresholds>(
  ({ warnAt, criticalAt }) => warnAt <= criticalAt,
  'warns above critical',
)
const thresholdsShape = z.object(shares).check(ordered)

/** How many changes of thresholds are kept: more than thirteen months of history will see. */
export const MOST_THRESHOLD_CHANGES = 200

const thresholdChangesShape = z
  .array(
    z
      .object({
        metric: z.string(),
        /** From when on they held. */
        from: z.pipe(z.number(), z.transform(epochMs)),
        ...shares,
        /** What they replaced. */
        before: thresholdsShape,
      })
      .check(ordered),
  )
  .check(
    z.maxLength(MOST_THRESHOLD_CHANGES),
    z.refine(
      (all) => all.every(({ from }, i) => i === 0 || all[i - 1]!.from <= from),
      'is not oldest first',
    ),
  )

/** A domain or loopback address as `readAddress` takes it; `simulated` for one inside the page. */
const domainShape = name().check(
  z.refine((text) => text === 'simulated' || readAddress(text).addresses !== null),
)

const organisationShape = z.object({
  /** Part of addresses and of stored keys: plain characters only. */
  id: z.pipe(z.string().check(z.regex(/^[A-Za-z0-9._-]{1,100}$/)), z.transform(orgId)),
  name: name(),
  domain: domainShape,
  /** Of the OAuth client; empty where there is no sign-in. */
  clientId: z.string().check(z.maxLength(200)),
  feed: z.nullable(
    z.object({
      url: z.string().check(z.refine((text) => readFeedUrl(text).url !== null)),
      /** As the feed names it; null takes the one of the same id or name, else its only one. */
      organisation: z.nullable(z.string()),
    }),
  ),
  /** Set for a simulated organisation: what makes it the same one again. */
  simulation: z.nullable(
    z.object({
      scenario: name(),
      seed: z.int(),
      startMs: z.pipe(z.number(), z.transform(epochMs)),
    }),
  ),
  /** By metric id; the others have the usual 0.80 and 0.90. */
  thresholds: z.record(z.string(), thresholdsShape),
  /** When they were changed, oldest first: a review judges by those that held then. */
  thresholdChanges: thresholdChangesShape,
  /** Open sockets per user online, for the estimate; null leaves the estimate out. */
  socketsPerUser: z.nullable(z.number().check(z.gt(0), z.lte(1000))),
  /** How long a hidden tab goes on asking; null for as long as it is open. */
  idleStopMs: z.nullable(
    z.pipe(
      z.number().check(z.gte(60_000)),
      z.transform((length) => durationMs(length)),
    ),
  ),
})

/** What is kept of one organisation. Never a token, a secret or a bearer. */
export type OrganisationConfig = z.infer<typeof organisationShape>

const configShape = z.object({
  version: z.literal(2),
  organisations: z
    .array(organisationShape)
    .check(
      z.refine(
        (all) => new Set(all.map(({ id }) => id)).size === all.length,
        'has two entries with the same id',
      ),
    ),
})

/** The settings, version 2 (docs/formats.md). */
export type TidemarkConfig = z.infer<typeof configShape>

export const CONFIG_VERSION = 2

export const EMPTY_CONFIG: TidemarkConfig = { version: CONFIG_VERSION, organisations: [] }

/** Vouches for settings of the present version. The problem names the field. */
export const parseConfig = (value: unknown): Parsed<TidemarkConfig> =>
  parseShape(configShape, value)

/** An organisation with everything unsaid at its default. */
export const organisationConfig = (
  known: Pick<OrganisationConfig, 'id' | 'name' | 'domain'> & Partial<OrganisationConfig>,
): OrganisationConfig => ({
  clientId: '',
  feed: null,
  simulation: null,
  thresholds: {},
  thresholdChanges: [],
  socketsPerUser: null,
  idleStopMs: null,
  ...known,
})

/** The thresholds in force for a metric of this organisation. */
export const thresholdsOf = ({ thresholds }: OrganisationConfig, metric: string) =>
  (Object.hasOwn(thresholds, metric) ? thresholds[metric] : undefined) ?? DEFAULT_THRESHOLDS
