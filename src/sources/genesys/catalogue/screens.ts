import * as z from 'zod/mini'
import { countShape } from '../../shape.ts'
import type { Connection } from '../connection.ts'
import { callSource } from './callSource.ts'
import { genesysMetric, NO_KEY, seconds } from './genesysMetric.ts'

const EVERY = seconds(60)

/** Screen recordings in progress (facts §3.6). */
export const screenRecordingsSource = (connection: Connection) =>
  screenSource(connection, {
    id: 'screen.recordings',
    title: 'Screen recordings',
    path: '/api/v2/recordings/screensessions/details',
    permission: 'recording:screenRecording:view',
  })

/** Screens being watched live (facts §3.6). */
export const screenMonitorsSource = (connection: Connection) =>
  screenSource(connection, {
    id: 'screen.monitors',
    title: 'Screen monitors',
    path: '/api/v2/screenmonitors/sessions/details',
    permission: 'realtimeMonitor:screenSession:view',
  })

type Screen = { id: string; title: string; path: string; permission: string }

const screenSource = (connection: Connection, { id, title, path, permission }: Screen) =>
  callSource(connection, {
    id,
    title,
    everyMs: EVERY,
    metrics: [genesysMetric({ id, title, group: 'other', intervalMs: EVERY })],
    call: { method: 'GET', path, permissions: [permission] },
    shape: z.object({ count: countShape() }),
    readings: ({ count }) => [{ metric: id, value: count, limit: { value: null, source: NO_KEY } }],
  })
