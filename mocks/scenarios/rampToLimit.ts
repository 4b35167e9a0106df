import { LOAD_TEST, ORDINARY, type Scenario, STRAY_503 } from './scenario.ts'

export const rampToLimit: Scenario = {
  ...ORDINARY,
  name: 'ramp-to-limit',
  title: 'Ramp to limit',
  description:
    'A load test climbs iteration by iteration until the limit of 1\u202f000 refuses the rest.',
  organisation: 'Alder Retail',
  load: {
    ...LOAD_TEST,
    iterationsPerRun: 8,
    // Iterations 1–8 lie in the past, the second eight begin at the start.
    peaks: [420, 520, 610, 700, 790, 870, 1010, 1060, 1070, 860, 1040, 780, 1065, 880, 1020, 1075],
  },
  identifiesClients: true,
  scattered: [...ORDINARY.scattered, ...STRAY_503],
  truth: { ...ORDINARY.truth, verdict: 'capacity-bound', explainedBy: 'capacity' },
}
