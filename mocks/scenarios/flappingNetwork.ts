import { ORDINARY, type Scenario } from './scenario.ts'

const DROPS = { firstAt: -3390, everySec: 410 }

export const flappingNetwork: Scenario = {
  ...ORDINARY,
  name: 'flapping-network',
  title: 'Flapping network',
  description:
    'Every seven minutes half of the sockets break and come back; the limit has no part in it.',
  organisation: 'Ivy Telecom',
  baseline: 640,
  drops: { ...DROPS, share: 0.5, breakSec: 4, recoverSec: 40 },
  bursts: [
    {
      class: 'network',
      status: null,
      route: 'POST /api/v2/notifications/channels',
      app: 'softphone',
      ...DROPS,
      lengthSec: 8,
      perSec: 6,
    },
  ],
  truth: { ...ORDINARY.truth, explainedBy: 'socket' },
}
