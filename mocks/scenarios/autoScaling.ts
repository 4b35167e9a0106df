import { ORDINARY, type Scenario } from './scenario.ts'

export const autoScaling: Scenario = {
  ...ORDINARY,
  name: 'auto-scaling',
  title: 'Auto-scaling',
  description: 'Call capacity grows and shrinks with the calls, so the limit is a moving line.',
  organisation: 'Juniper Airlines',
  baseline: 420,
  registryChanges: [
    {
      at: 360,
      namespace: 'bots.voice',
      key: 'simulated.sessions.concurrent.max',
      value: 150,
      of: 'organisation',
    },
    {
      at: 540,
      namespace: 'messaging',
      key: 'simulated.inbound.rate.per.minute',
      value: 9000,
      of: 'platform',
    },
  ],
  calls: {
    base: 450,
    swing: 130,
    swingSec: 2400,
    sessionsPerCall: 1.85,
    // Calls swing as a sine from its rising zero at 0 of the cycle: capacity leads the rise.
    capacity: [
      { from: 0, calls: 1000, sessions: 1000 },
      { from: 240, calls: 1200, sessions: 1200 },
      { from: 1080, calls: 1000, sessions: 1000 },
      { from: 1440, calls: 800, sessions: 800 },
      { from: 2280, calls: 1000, sessions: 1000 },
    ],
    cycleSec: 2400,
  },
  // Edges do not scale: a capacity that stands still beside one that moves.
  premises: { calls: 120, sessions: 240 },
}
