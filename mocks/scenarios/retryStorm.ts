import { LOAD_TEST, ORDINARY, type Scenario, STRAY_503 } from './scenario.ts'

const GAP_SEC = 5

export const retryStorm: Scenario = {
  ...ORDINARY,
  name: 'retry-storm',
  title: 'Retry storm',
  description:
    'Refused clients all come back every 5 seconds, so a few turn into thousands of attempts.',
  organisation: 'Dogwood Bank',
  load: {
    ...LOAD_TEST,
    iterationsPerRun: 8,
    peaks: [640, 720, 800, 860, 1030, 840, 1060, 880, 1120, 860, 1080, 1050],
  },
  retryEverySec: GAP_SEC,
  isStorm: true,
  identifiesClients: true,
  scattered: [...ORDINARY.scattered, ...STRAY_503],
  truth: {
    ...ORDINARY.truth,
    verdict: 'capacity-bound',
    stormGapSec: GAP_SEC,
    explainedBy: 'capacity',
  },
}
