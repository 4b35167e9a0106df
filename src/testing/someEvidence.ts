import type { EvidenceReport } from '#domain/evidence/evidence.ts'
import type { Verdict } from '#domain/evidence/verdict/verdict.ts'
import { durationMs, epochMs, later, MINUTE_MS, metricId } from '#domain/units.ts'

/** 11:30 to 14:30 in Berlin, the afternoon of the pictures in look.md. */
const EVIDENCE_FROM = epochMs(Date.UTC(2026, 8, 17, 9, 30))
const EVIDENCE_TO = epochMs(Date.UTC(2026, 8, 17, 12, 30))
const RAISED_AT = epochMs(Date.UTC(2026, 8, 17, 11, 40))

const CONNECTIONS = metricId('connections.open')
const SESSIONS = metricId('callSessions.concurrent')

/**
 * Two stays at the limit of 1 000, 312 refusals, 300 of them there. The numbers agree with each
 * other.
 */
export const someVerdict = (known: Partial<Verdict> = {}): Verdict => ({
  word: 'capacity-bound',
  reason: 'follows-the-limit',
  p: 2 / 1044,
  pLevel: 2 / 1044,
  pOnset: 2 / 1044,
  crossings: 2,
  bins: 1044,
  binMs: durationMs(10_000),
  knowsAttempts: true,
  coverage: 1044 / 1080,
  errors: 312,
  errorsAtLimit: 300,
  errorsBelow: 12,
  errorsUncovered: 0,
  pAtLimit: 91 / 117,
  pBelow: 9 / 927,
  pNear: 4 / 228,
  difference: { value: 0.768, low: 0.684, high: 0.834 },
  oddsRatio: { value: 348.2, low: 155.1, high: 874.3 },
  fisherP: 2.1e-95,
  attributable: { value: 0.95, low: 0.91, high: 0.97 },
  detectable: 0.31,
  lagMs: { value: 14_000, low: 4_000, high: 24_000 },
  isLagRough: false,
  dose: [
    { from: 0, to: 0.6, bins: 412, withErrors: 2, errors: 3, attempts: 4_100 },
    { from: 0.6, to: 0.8, bins: 287, withErrors: 3, errors: 4, attempts: 3_300 },
    { from: 0.8, to: 0.9, bins: 118, withErrors: 2, errors: 3, attempts: 1_420 },
    { from: 0.9, to: 0.98, bins: 110, withErrors: 2, errors: 2, attempts: 1_390 },
    { from: 0.98, to: Infinity, bins: 117, withErrors: 91, errors: 300, attempts: 1_880 },
  ],
  shifts: {
    counts: [
      300, 220, 158, 115, 84, 65, 51, 34, 23, 29, 12, 11, 7, 5, 3, 4, 2, 2, 3, 1, 2, 1, 2, 1,
    ].map((count, i) => (i === 0 ? count - 91 : count)),
    max: 92,
    observed: 91,
    shifts: 1044,
    asExtreme: 2,
  },
  binsAtLimit: 117,
  quietBinsAtLimit: 26,
  binsNear: 228,
  laterByMs: null,
  peak: 1_241,
  limit: 1_500,
  ...known,
})

/**
 * The afternoon as a report: capacity-bound, leaking, a storm, and a limit that was raised and
 * worked.
 */
export const someEvidence = (known: Partial<EvidenceReport> = {}): EvidenceReport => {
  const verdict = known.verdict ?? someVerdict()
  return {
    from: EVIDENCE_FROM,
    to: EVIDENCE_TO,
    subject: {
      metric: CONNECTIONS,
      title: 'WebSocket connections',
      provenance: 'measured',
      scope: 'organisation',
    },
    verdict,
    which: {
      word: 'one',
      metrics: [CONNECTIONS],
      ranking: [
        { metric: CONNECTIONS, title: 'WebSocket connections', verdict, highestUse: 1 },
        {
          metric: SESSIONS,
          title: 'Call sessions',
          verdict: someVerdict({
            word: 'not-capacity-bound',
            reason: 'never-at-limit',
            p: 0.41,
            attributable: null,
            binsAtLimit: 0,
            quietBinsAtLimit: 0,
          }),
          highestUse: 0.71,
        },
      ],
      pairs: [],
    },
    leak: someLeak,
    notReleased: {
      now: 446,
      at: EVIDENCE_TO,
      baseline: 40,
      peak: 502,
      perIteration: [{ iteration: 9, added: 56, at: later(EVIDENCE_TO, -12 * MINUTE_MS) }],
      idleTimeoutMs: null,
      reason: 'no-decay',
      own: 1,
    },
    forecasts: new Map([
      [
        CONNECTIONS,
        {
          kind: 'trend' as const,
          perHour: 198,
          in10Ms: durationMs(62 * MINUTE_MS),
          in50Ms: durationMs(80 * MINUTE_MS),
          in90Ms: durationMs(115 * MINUTE_MS),
          isRough: false,
        },
      ],
      [SESSIONS, { kind: 'no-trend' as const }],
    ]),
    storm: {
      word: 'storm',
      reason: 'storm',
      from: epochMs(Date.UTC(2026, 8, 17, 11, 9)),
      to: epochMs(Date.UTC(2026, 8, 17, 11, 19)),
      attempts: 420,
      demands: 84,
      amplification: 5,
      gapsAfterFailure: 300,
      gapsAfterSuccess: 640,
      medianAfterFailureMs: durationMs(2_500),
      medianAfterSuccessMs: durationMs(41_000),
      p: 1e-12,
      clients: 84,
      backoff: [
        study('recorded', 420, 5, 31, 118_000),
        study('exponential', 231, 2.75, 18, 126_000),
        study('fullJitter', 172, 2.05, 7, 131_000),
      ],
    },
    enough: {
      kind: 'answer',
      target: 0.01,
      replay: { value: 1_090, low: 1_071, high: 1_112 },
      erlang: 1_131,
      modelRisk: 0.036,
      offered: 1_084,
      holdingMs: durationMs(612_000),
      demands: 3_940,
      ended: 3_611,
      curve: [0.14, 0.118, 0.091, 0.06, 0.034, 0.018, 0.009, 0.004, 0.002, 0, 0].map(
        (rejected, i) => ({ limit: 950 + 25 * i, rejected }),
      ),
    },
    raise: {
      word: 'worked',
      reason: 'fewer',
      at: RAISED_AT,
      oldLimit: 1_000,
      newLimit: 1_500,
      before: 0.162,
      after: 0.0018,
      difference: { value: -0.1602, low: -0.193, high: -0.121 },
      attemptsBefore: 1_890,
      attemptsAfter: 2_210,
      keptBefore: 0.84,
      keptAfter: 0.79,
      matchedOn: 'demand',
      peakAfter: 1_241,
      guards: [
        {
          title: 'Waiting',
          unit: 'count',
          worse: 'higher',
          before: 3.1,
          after: 2.9,
          change: { value: -0.2, low: -0.9, high: 0.5 },
          ofLoad: null,
          isWorse: false,
        },
      ],
      unmeasured: [],
    },
    profile: {
      classes: { capacity: 312, rate: 3, auth: 2, server: 1, network: 2, socket: 14, other: 0 },
      grades: { A: 41, B: 63, C: 196, D: 12 },
      commonest: { class: 'socket', route: 'WS streaming…/channels', app: 'softphone', count: 14 },
    },
    clockErrorMs: durationMs(400),
    ...known,
  }
}

/** Ten iterations of 18 minutes; the third one ended in a gap and left no floor. */
const someLeak: EvidenceReport['leak'] = {
  word: 'leak',
  floors: Array.from({ length: 9 }, (_, i) => {
    const from = later(EVIDENCE_FROM, (20 + 18 * i - 6) * MINUTE_MS)
    const isLost = i === 2
    return {
      iteration: i + 1,
      from,
      to: later(from, 4 * MINUTE_MS),
      state: isLost ? ('short' as const) : ('settled' as const),
      value: isLost ? null : 98 + 56 * i,
      peak: 740 + 56 * i,
    }
  }),
  count: 8,
  s: 28,
  p: 1 / 40_320,
  perIteration: { value: 56, low: 54, high: 58 },
  reaches: {
    value: 15,
    low: 15,
    high: 16,
    isRough: false,
    at: later(EVIDENCE_TO, 80 * MINUTE_MS),
    inMs: durationMs(80 * MINUTE_MS),
  },
  doesWander: false,
  own: 1,
}

const study = (
  policy: 'recorded' | 'exponential' | 'fullJitter',
  attempts: number,
  amplification: number,
  peakPerSec: number,
  medianWaitMs: number,
) => ({
  policy,
  attempts,
  amplification,
  peakPerSec,
  served: 79,
  medianWaitMs: durationMs(medianWaitMs),
})
