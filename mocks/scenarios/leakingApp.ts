import { LEAK_FLOORS, LOAD_TEST, ORDINARY, type Scenario, STRAY_503 } from './scenario.ts'

const LEAK = 48

export const leakingApp: Scenario = {
  ...ORDINARY,
  name: 'leaking-app',
  title: 'Leaking app',
  description:
    'Each iteration leaves 48 connections open, until there is no room for the next one.',
  organisation: 'Cedar Travel',
  load: { ...LOAD_TEST, peaks: [680], leakPerIteration: LEAK },
  identifiesClients: true,
  countsClientSide: true,
  scattered: [...ORDINARY.scattered, ...STRAY_503],
  truth: {
    ...ORDINARY.truth,
    verdict: 'capacity-bound',
    leakPerIteration: LEAK,
    leakFloors: LEAK_FLOORS,
    explainedBy: 'capacity',
  },
}
