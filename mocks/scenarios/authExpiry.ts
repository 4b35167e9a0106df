import { LOAD_TEST, ORDINARY, type Scenario } from './scenario.ts'

const LIFETIME_SEC = 300

export const authExpiry: Scenario = {
  ...ORDINARY,
  name: 'auth-expiry',
  title: 'Auth expiry',
  description:
    'Tokens last five minutes: waves of 401, and the dashboard itself must sign in again.',
  organisation: 'Gorse Media',
  baseline: 120,
  load: { ...LOAD_TEST, iterationsPerRun: 8, peaks: [400, 430, 410, 450] },
  bursts: [
    {
      class: 'auth',
      status: 401,
      route: 'GET /api/v2/users/me',
      app: 'softphone',
      firstAt: -3450,
      everySec: LIFETIME_SEC,
      lengthSec: 12,
      perSec: 2.6,
    },
  ],
  tokenLifetimeSec: LIFETIME_SEC,
  missingPermissions: ['recording:screenRecording:view'],
  truth: { ...ORDINARY.truth, explainedBy: 'auth' },
}
