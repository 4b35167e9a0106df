import { LOAD_TEST, ORDINARY, type Scenario } from './scenario.ts'

const CROWDED = { firstAt: -3480, everySec: 360, lengthSec: 75 }

export const rateLimited: Scenario = {
  ...ORDINARY,
  name: 'rate-limited',
  title: 'Rate limited',
  description:
    'A report uses up the API allowance every six minutes: 429 for everybody, also for Tidemark.',
  organisation: 'Hazel Energy',
  load: { ...LOAD_TEST, iterationsPerRun: 8, peaks: [360, 420, 390, 440] },
  bursts: [
    {
      class: 'rate',
      status: 429,
      route: 'POST /api/v2/analytics/conversations/details/query',
      app: 'reporting',
      ...CROWDED,
      perSec: 2.2,
    },
  ],
  apiCrowded: CROWDED,
  truth: { ...ORDINARY.truth, explainedBy: 'rate' },
}
