import * as z from 'zod/mini'
import { durationMs, epochMs, type OrgId } from '#domain/units.ts'
import { parseShape } from '../../shape.ts'
import type { SecretStorage } from '../../tabSecret.ts'
import { PROBE_IDS, PROBE_STATES, type ProbeResult } from './probe.ts'
import { LONGEST_FINDING, MOST_FINDINGS } from './runProbes.ts'

/** What is kept of an organisation's probes, and what a person should know of it: a sentence, or null. */
export type KeptProbes = { results: readonly ProbeResult[]; notice: string | null }

/** Where results outlive the page. Nothing of it throws: results can be made again. */
export type ProbeStore = {
  load: (org: OrgId) => KeptProbes
  /** Keeps one result beside those of the other probes. The reason in a sentence where it cannot. */
  keep: (org: OrgId, result: ProbeResult) => string | null
  forget: (org: OrgId) => void
}

const VERSION = 1
const keyOf = (org: OrgId) => `tidemark:diagnostics:${org}`

const resultShape = z.object({
  probe: z.enum(PROBE_IDS),
  state: z.enum(PROBE_STATES).check(z.refine((state) => state !== 'notRun')),
  findings: z
    .array(z.string().check(z.maxLength(LONGEST_FINDING)))
    .check(z.maxLength(MOST_FINDINGS)),
  permission: z.nullable(z.string()),
  at: z.pipe(z.number(), z.transform(epochMs)),
  tookMs: z.pipe(z.number().check(z.gte(0)), z.transform(durationMs)),
})
const keptShape = z.object({
  version: z.literal(VERSION),
  results: z.array(resultShape).check(z.maxLength(PROBE_IDS.length)),
})

/** Results in the browser's storage, one entry per organisation. */
export function createProbeStore(storage: SecretStorage): ProbeStore {
  function load(org: OrgId): KeptProbes {
    try {
      const text = storage.getItem(keyOf(org))
      if (text === null) return { results: [], notice: null }
      const kept = parseShape(keptShape, JSON.parse(text))
      if (!kept.ok) return { results: [], notice: unreadable(kept.problem) }
      return { results: kept.value.results as readonly ProbeResult[], notice: null }
    } catch (error) {
      return { results: [], notice: unreadable(reasonOf(error)) }
    }
  }

  return {
    load,
    keep(org, result) {
      // Read again: another tab may have run other probes since.
      const others = load(org).results.filter(({ probe }) => probe !== result.probe)
      const kept = { version: VERSION, results: [...others, result] }
      try {
        storage.setItem(keyOf(org), JSON.stringify(kept))
        return null
      } catch (error) {
        return `The browser does not keep the results: ${reasonOf(error)}.`
      }
    },
    forget(org) {
      try {
        storage.removeItem(keyOf(org))
      } catch {
        // Where the storage is barred nothing was kept.
      }
    },
  }
}

const unreadable = (problem: string) =>
  `Earlier results cannot be read (${problem}): run the probes again.`

const reasonOf = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).replace(/\.$/, '')
