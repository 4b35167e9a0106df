import { LOAD_TEST, ORDINARY, type Scenario, STRAY_503 } from './scenario.ts'

export const notCapacity: Scenario = {
  ...ORDINARY,
  name: 'not-capacity',
  title: 'Not capacity',
  description:
    'Bursts of 503 while less than half of the limit is in use: the cause lies elsewhere.',
  organisation: 'Fir Health',
  load: { ...LOAD_TEST, iterationsPerRun: 8, peaks: [330, 380, 350, 400] },
  bursts: [
    {
      class: 'capacity',
      status: 503,
      route: 'POST /api/v2/notifications/channels',
      app: 'softphone',
      firstAt: -3370,
      everySec: 690,
      lengthSec: 70,
      perSec: 1.6,
    },
  ],
  scattered: [...ORDINARY.scattered, ...STRAY_503],
}
