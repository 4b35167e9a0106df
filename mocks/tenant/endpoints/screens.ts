import { screenMonitorsAt, screenRecordingsAt } from '../../model/people.ts'
import { ok } from '../reply.ts'
import type { Route } from '../route.ts'

export const screenRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v2/recordings/screensessions/details',
    permissions: ['recording:screenRecording:view'],
    answer: ({ world, sec }) => ok({ count: screenRecordingsAt(world, sec) }),
  },
  {
    method: 'GET',
    path: '/api/v2/screenmonitors/sessions/details',
    permissions: ['realtimeMonitor:screenSession:view'],
    answer: ({ world, sec }) => ok({ count: screenMonitorsAt(world, sec) }),
  },
]
