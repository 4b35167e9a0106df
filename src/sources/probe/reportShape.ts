import * as z from 'zod/mini'

/** What a document has open, by the field of a report. */
export const OPEN_KINDS = ['websockets', 'eventsources', 'peerconnections', 'tracks'] as const
export type OpenKind = (typeof OPEN_KINDS)[number]

/** What happened on a page since its document was loaded: these only grow. */
export const GROWING = [
  'attempts',
  'opened',
  'closed',
  'closedOddly',
  'dropped',
  'refused',
  'givenUp',
  'failures',
] as const
export type Growing = (typeof GROWING)[number]

/** No document opens, or holds, as many. */
const LARGEST = 1_000_000
const DAY_MS = 86_400_000
const MOST_PAGES = 9
const MOST_FINDINGS = 8

const count = () => z.int().check(z.gte(0), z.lte(LARGEST))
const duration = () => z.number().check(z.gte(0), z.lte(400 * DAY_MS))

/** Random letters and digits, told by nobody. */
const name = () => z.string().check(z.regex(/^[a-z\d]{6,40}$/))
/** A path, without query, and without what could break a line or a list. */
export const pageShape = () =>
  z.string().check(z.minLength(1), z.maxLength(120), z.regex(/^[!#-;=@-~]+$/))
/** A line of a script, or nothing where it is not known. */
export const placeShape = () =>
  z.string().check(z.maxLength(200), z.regex(/^(https?:\/\/[^\s?#]+:\d+)?$/))

export const reportShape = z.object({
  version: z.literal(1),
  app: z.string().check(z.regex(/^[\w.-]{1,40}$/)),
  tab: name(),
  doc: name(),
  seq: z.int().check(z.gte(1), z.lte(1e9)),
  atMs: z.int(),
  isHidden: z.boolean(),
  isLast: z.boolean(),
  pages: z
    .array(
      z.object({
        page: pageShape(),
        attempts: count(),
        opened: count(),
        closed: count(),
        closedOddly: count(),
        dropped: count(),
        refused: count(),
        givenUp: count(),
        failures: count(),
        websockets: count(),
        eventsources: count(),
        peerconnections: count(),
        tracks: count(),
        failedAgoMs: z.nullable(duration()),
      }),
    )
    .check(z.minLength(1), z.maxLength(MOST_PAGES)),
  findings: z
    .array(
      z.object({
        kind: z.enum(OPEN_KINDS),
        page: pageShape(),
        place: placeShape(),
        count: count().check(z.gte(1)),
        ageMs: duration(),
      }),
    )
    .check(z.maxLength(MOST_FINDINGS)),
})

/** One report of the connection probe, version 1 (docs/probe.md). */
export type ProbeReport = z.infer<typeof reportShape>
export type ProbePage = ProbeReport['pages'][number]
