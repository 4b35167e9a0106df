import { type ErrorClass } from '#domain/errors/errorEvent.ts'
import { countedOnce, incidentSubject } from '#domain/incident/incidentEvidence.ts'
import type { Incident } from '#domain/incident/incident.ts'
import { NOTHING_OBSERVED } from '#domain/observation.ts'
import { epochMs } from '#domain/units.ts'
import type { FilePass } from '../filePass.ts'
import { ImportError } from '../importError.ts'
import type { FileSummary } from '../samples/fileSummary.ts'
import { readBundle } from './readBundle.ts'

/** Tidemark writes at most 10 MB; in another encoding, and with longer line ends, it may be more. */
const MOST_BYTES = 40_000_000

/**
 * Reads a bundle. What it holds is an incident of its own: nothing of it is observed, so that it never
 * becomes part of the history of whoever opens it.
 */
export function openBundlePass(name: string): FilePass {
  const decoder = new TextDecoder()
  const texts: string[] = []
  let bytesTaken = 0
  return {
    push(bytes) {
      bytesTaken += bytes.length
      if (bytesTaken > MOST_BYTES)
        throw new ImportError(
          'unreadable',
          `${name} is larger than 40 MB: a Tidemark bundle has at most 10 MB`,
        )
      texts.push(decoder.decode(bytes, { stream: true }))
    },
    end() {
      texts.push(decoder.decode())
      const bundle = readBundle(texts.join(''), name)
      const changed = bundle.checks.filter(({ isIntact }) => !isIntact)
      return {
        format: 'bundle',
        fileId: bundle.fingerprint.slice(0, 8),
        observation: NOTHING_OBSERVED,
        summary: summaryOf(bundle.incident),
        rejected: [],
        warnings:
          changed.length > 0
            ? [`changed after it was written: ${changed.map(({ title }) => title).join(', ')}`]
            : [],
        removals: [],
        groups: [],
        clock: null,
        stamps: null,
        bundle,
      }
    },
  }
}

/** The samples are those of the metric that the incident is about. */
function summaryOf(incident: Incident): FileSummary {
  const { metric } = incidentSubject(incident)
  const series = incident.samples.find((one) => one.metric === metric?.id)?.series
  const first = series?.timeMs[0]
  const last = series?.timeMs.at(-1)
  return {
    samples: series?.timeMs.length ?? 0,
    subSamples: null,
    rejected: 0,
    codes: null,
    classes: classesOf(incident),
    firstAt: first === undefined ? null : epochMs(first),
    lastAt: last === undefined ? null : epochMs(last),
    endAt: last === undefined ? null : epochMs(last),
    peakThreads: null,
    labels: null,
  }
}

/** Refusals that two sources tell of are counted once, as in its verdict. */
function classesOf({ errors }: Incident): Partial<Record<ErrorClass, number>> {
  const once = new Set(countedOnce(errors))
  const classes: Partial<Record<ErrorClass, number>> = {}
  for (const event of errors)
    if (event.class !== 'capacity' || once.has(event))
      classes[event.class] = (classes[event.class] ?? 0) + event.count
  return classes
}
