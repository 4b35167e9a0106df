import * as z from 'zod/mini'
import { epochMs } from '#domain/units.ts'
import type { ProbesTold } from './probesTold.ts'
import { OPEN_KINDS, pageShape, placeShape } from './reportShape.ts'

/** No recorder holds as many. */
const LARGEST = 1e12
/** What a book has room for (`PROBE_LIMITS`), and the apps that settings may name. */
const MOST_FINDINGS = 500
const MOST_APPS = 50
const LONGEST_REASON = 1_000

const count = () => z.int().check(z.gte(0), z.lte(LARGEST))
const instant = () =>
  z.nullable(z.pipe(z.number().check(z.gte(0), z.lte(8.64e15)), z.transform(epochMs)))
const app = () => z.string().check(z.minLength(1), z.maxLength(200))

/** What a recorder tells of its probes (docs/formats.md, “Feed protocol v1”). */
export const probesToldShape: z.ZodMiniType<ProbesTold> = z.object({
  apps: z
    .array(
      z.object({
        app: app(),
        documents: count(),
        tabs: count(),
        reports: count(),
        refused: count(),
        lastAtMs: instant(),
      }),
    )
    .check(z.maxLength(MOST_APPS)),
  documents: count(),
  tabs: count(),
  findings: z
    .array(
      z.object({
        app: app(),
        kind: z.enum(OPEN_KINDS),
        page: pageShape(),
        place: placeShape(),
        tabs: count(),
        documents: count(),
        count: count(),
        mostInOne: count(),
        oldestMs: z.number().check(z.gte(0), z.lte(LARGEST)),
      }),
    )
    .check(z.maxLength(MOST_FINDINGS)),
  refused: z.object({
    count: count(),
    lastReason: z.nullable(z.string().check(z.maxLength(LONGEST_REASON))),
    lastAtMs: instant(),
  }),
  leftOut: count(),
})
