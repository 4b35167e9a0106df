import * as z from 'zod/mini'
import { DEFAULT_THRESHOLDS, type Thresholds } from '#domain/metrics/metric.ts'
import { DAY_MS, durationMs, epochMs, HOUR_MS, metricId, orgId } from '#domain/units.ts'
import { parseShape, type Parsed } from '../shape.ts'
import { readAddress } from '../genesys/addresses.ts'
import { readFeedUrl } from '../feed/feedUrl.ts'
import { readPrometheusUrl } from '../history/prometheus/prometheusUrl.ts'
import { alertRulesShape } from './alertRules.ts'
import { MOST_QUERIES, promqlQueryShape } from './promqlQuery.ts'

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

/** More typed limits than anybody can read in one list. */
export const MOST_MANUAL_LIMITS = 500

/** Queues with series of their own: each is a group of one reply, but a chart of more says nothing. */
export const MOST_QUEUES = 20

/** Whether an app can be called so by its connection probe. */
export const isProbeApp = (text: string) => /^[\w.-]{1,40}$/.test(text)

export const NO_PROBE_APP = 'is no name of an app: 1 to 40 letters, digits, “.”, “_” and “-”'

/** The apps of an organisation that report, by the names they give themselves (docs/probe.md). */
const probeAppShape = z.string().check(z.refine(isProbeApp, NO_PROBE_APP))

/** More apps than an organisation has. */
export const MOST_PROBE_APPS = 50

const instant = () => z.pipe(z.number().check(z.gte(0)), z.transform(epochMs))

const limitKeyShape = z.object({ namespace: name(), key: name() })

/** A limit is a whole number from 0 on; beyond 2^53 two of them could not be told apart. */
const limitValue = () => z.int().check(z.gte(0))

const manualLimitShape = z
  .object({
    metric: z.pipe(name(), z.transform(metricId)),
    value: limitValue(),
    /** In force from then; until then, or null while it holds. */
    from: instant(),
    until: z.nullable(instant()),
    author: name(),
    /** When it was typed in, and why. */
    setAt: instant(),
    note: z.string().check(z.maxLength(500)),
  })
  .check(z.refine(({ from, until }) => until === null || until >= from, 'ends before it begins'))

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
  /** The organisation's own id, as it said after a sign-in: what tells two clients of one apart. */
  vendorId: z._default(z.nullable(z.string().check(z.maxLength(100))), null),
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
  /** Which key of the registry is the limit of which metric, by metric id. */
  limitKeys: z.record(z.string(), limitKeyShape),
  /** Limits that somebody typed in. They come before what any source tells. */
  manualLimits: z.array(manualLimitShape).check(z.maxLength(MOST_MANUAL_LIMITS)),
  /** Queues with series of their own. */
  queues: z.array(z.object({ id: name(), name: name() })).check(
    z.maxLength(MOST_QUEUES),
    z.refine(
      (all) => new Set(all.map(({ id }) => id)).size === all.length,
      'has two entries with the same id',
    ),
  ),
  /** Sources that are not asked, by id. */
  sourcesOff: z.array(name()),
  /** A Prometheus-compatible server that knows of this organisation; null for none. */
  prometheus: z.nullable(
    z.object({
      /** An address, or a path of the server that this page comes from. */
      url: z.string().check(z.refine((text) => readPrometheusUrl(text).url === text)),
      /** Whether what a recorder had it keep fills what was not watched here. */
      readsHistory: z.boolean(),
      /** As the recorder names the organisation; null where it has the id it has here. */
      organisation: z.nullable(name()),
    }),
  ),
  /** PromQL queries that are metrics, asked of `prometheus`. */
  queries: z.array(promqlQueryShape).check(
    z.maxLength(MOST_QUERIES),
    z.refine(
      (all) => new Set(all.map(({ id }) => id)).size === all.length,
      'has two entries with the same id',
    ),
  ),
  /** The apps whose connection probes report for this organisation. */
  probeApps: z.array(probeAppShape).check(z.maxLength(MOST_PROBE_APPS)),
  /** What alerts are judged by; null: the rules that Tidemark brings. */
  alertRules: alertRulesShape,
  /** How often an audit of the limits is made by itself; null for never. */
  auditEveryMs: z.nullable(
    z.pipe(
      z.number().check(z.gte(HOUR_MS)),
      z.transform((length) => durationMs(length)),
    ),
  ),
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
  version: z.literal(5),
  organisations: z
    .array(organisationShape)
    .check(
      z.refine(
        (all) => new Set(all.map(({ id }) => id)).size === all.length,
        'has two entries with the same id',
      ),
    ),
})

/** The settings, version 5 (docs/formats.md). */
export type TidemarkConfig = z.infer<typeof configShape>

export const CONFIG_VERSION = 5

export const EMPTY_CONFIG: TidemarkConfig = { version: CONFIG_VERSION, organisations: [] }

/** Vouches for settings of the present version. The problem names the field. */
export const parseConfig = (value: unknown): Parsed<TidemarkConfig> =>
  parseShape(configShape, value)

/** An organisation with everything unsaid at its default. */
export const organisationConfig = (
  known: Pick<OrganisationConfig, 'id' | 'name' | 'domain'> & Partial<OrganisationConfig>,
): OrganisationConfig => ({
  clientId: '',
  vendorId: null,
  feed: null,
  simulation: null,
  thresholds: {},
  thresholdChanges: [],
  limitKeys: {},
  manualLimits: [],
  queues: [],
  sourcesOff: [],
  prometheus: null,
  queries: [],
  probeApps: [],
  alertRules: null,
  auditEveryMs: durationMs(DAY_MS),
  socketsPerUser: null,
  idleStopMs: null,
  ...known,
})

/** The thresholds in force for a metric of this organisation. */
export const thresholdsOf = ({ thresholds }: OrganisationConfig, metric: string) =>
  (Object.hasOwn(thresholds, metric) ? thresholds[metric] : undefined) ?? DEFAULT_THRESHOLDS
