import { epochMs, type MetricId } from '../units.ts'
import { attemptCounts } from './demand/attemptCounts.ts'
import { enoughOf } from './enough/enough.ts'
import type { EvidenceInput, EvidenceReport, WatchedRun } from './evidence.ts'
import { type Forecast, forecastOf } from './forecast/forecast.ts'
import { foundIterations } from './leak/foundIterations.ts'
import { leakOf } from './leak/leak.ts'
import { notReleasedOf } from './leak/notReleased.ts'
import { beforeAfterOf } from './raise/beforeAfter.ts'
import { whichLimitOf } from './rivals/whichLimit.ts'
import { soundInput } from './soundInput.ts'
import { stormOf } from './storm/storm.ts'
import { verdictOf } from './verdict/verdict.ts'
import type { WatchedSeries } from './watchedSeries.ts'

/**
 * Everything that can be said of a window. The columns handed in may reach beyond it; what lies
 * outside is left out. Long work (about 0.2 s for a day of seconds): call it in a worker.
 */
export function evidenceOf(given: EvidenceInput): EvidenceReport {
  const input = soundInput(given)
  const { from, to, subject, rivals, capacity, attempts, profile, clockErrorMs } = input
  const subjects = subject ? [subject, ...rivals] : rivals
  const verdict = verdictOf({ ...input, named: profile.grades.A })
  return {
    from,
    to,
    subject: subject && about(subject),
    verdict,
    which: whichLimitOf({
      from,
      to,
      subjects,
      capacity,
      attempts,
      verdicts: new Map(subject ? [[subject.metric, verdict]] : []),
    }),
    ...leaks(input),
    forecasts: new Map<MetricId, Forecast>(
      input.forecasts.map((watched) => [watched.metric, forecastOf(watched, from, to)]),
    ),
    ...demands(input),
    profile,
    clockErrorMs,
  }
}

/** What is not given back: by the floors, and by the clients' own count. */
function leaks({
  subject,
  run,
  own,
  to: windowTo,
}: EvidenceInput): Pick<EvidenceReport, 'leak' | 'notReleased'> {
  if (!subject) return { leak: null, notReleased: null }
  const series = run?.series ?? subject.series
  const iterations = run && hasMarks(run) ? run.iterations : foundIterations(series)
  // A series from a file may go on after the test that the window is about.
  const to = epochMs(Math.max(windowTo, series.timeMs.at(-1) ?? windowTo))
  return {
    leak: leakOf({ series, limits: subject.limits, iterations, own, to }),
    notReleased: run?.clientSide
      ? notReleasedOf({ organisation: series, clientSide: run.clientSide, iterations, own, to })
      : null,
  }
}

/** A run whose repetitions nobody marked stands there as one without a name. */
const hasMarks = ({ iterations }: WatchedRun) =>
  iterations.length > 1 || iterations.some(({ label }) => label !== '')

/** What clients asked for, and what became of it. */
function demands(input: EvidenceInput): Pick<EvidenceReport, 'storm' | 'enough' | 'raise'> {
  const { from, to, subject, capacity, attempts, clients, guards } = input
  return {
    storm: clients && stormOf(clients, { from, to, subject }),
    enough: input.isDetailed && subject ? enoughIn(input, subject) : null,
    raise: subject && beforeAfterOf({ from, to, subject, capacity, attempts, clients, guards }),
  }
}

function enoughIn(
  { from, to, clients, attempts, capacity }: EvidenceInput,
  subject: WatchedSeries,
) {
  const counts = clients ? null : attemptCounts(subject.series, attempts, capacity, to - from)
  return enoughOf({ attempts: clients, from, to, subject, ...(counts ? { counts } : {}) })
}

const about = ({ metric, title, provenance, scope }: WatchedSeries) => ({
  metric,
  title,
  provenance,
  scope,
})
