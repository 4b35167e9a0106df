import {
  BACKLOG_SEC,
  LEAK_FLOORS,
  LOAD_TEST,
  ORDINARY,
  type Scenario,
  STRAY_503,
} from './scenario.ts'

const LEAK = 56

export const limitRaised: Scenario = {
  ...ORDINARY,
  name: 'limit-raised',
  title: 'Limit raised',
  description:
    'A leak fills 1\u202f000 connections; four minutes in, a change request raises the limit to 1\u202f500.',
  organisation: 'Elm Logistics',
  load: {
    ...LOAD_TEST,
    // Iterations 2–4 meet the first limit, 8 just meets the second, 9 (at the start) runs into it.
    peaks: [620, 650, 640, 580, 580, 580, 580, 590, 630, 630, 630, 630, 630, 630],
    leakPerIteration: LEAK,
  },
  limits: [
    { from: -BACKLOG_SEC, value: 720, source: 'configured limit' },
    { from: -1880, value: 1000, source: 'change request' },
    { from: 240, value: 1500, source: 'change request' },
  ],
  registryChanges: [
    {
      at: 360,
      namespace: 'web.messaging',
      key: 'messages.per.session.rate.per.second',
      value: 4,
      of: 'organisation',
    },
    {
      at: 540,
      namespace: 'knowledge',
      key: 'simulated.articles.max',
      value: 20_000,
      of: 'platform',
    },
  ],
  identifiesClients: true,
  countsClientSide: true,
  feedGaps: [{ from: -2640, to: -2520 }],
  scattered: [...ORDINARY.scattered, ...STRAY_503],
  calls: {
    ...ORDINARY.calls,
    capacity: [
      { from: 0, calls: 1000, sessions: 1000 },
      { from: 900, calls: 1000, sessions: 1200 },
      { from: 2700, calls: 1000, sessions: 1000 },
    ],
    cycleSec: 3600,
  },
  truth: {
    ...ORDINARY.truth,
    verdict: 'capacity-bound',
    leakPerIteration: LEAK,
    leakFloors: LEAK_FLOORS,
    explainedBy: 'capacity',
    raise: 'worked',
  },
}
