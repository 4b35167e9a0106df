import type { AttemptGroup } from '#domain/incident/attemptGroup.ts'
import type { IncidentSource } from '#domain/incident/incident.ts'
import { durationMs, type EpochMs } from '#domain/units.ts'

/**
 * Recorded history, a load test's file whose clock was set right, and a browser's recording. Of the
 * 246 refusals in the file 149 are of one label; its thread groups do not differ.
 */
export const someSources = (from: EpochMs): readonly IncidentSource[] => [
  {
    ...NOTHING_AMISS,
    id: 'history',
    name: 'Organisation history',
    kind: 'raw, every 10 s',
    samples: 630,
    clock: { movedMs: durationMs(0), plusMinusMs: durationMs(2_000), how: 'asItIs', drift: null },
  },
  {
    ...NOTHING_AMISS,
    id: 'run-07',
    name: 'run-07.jtl',
    kind: 'JTL CSV, start times',
    fileKind: 'jtl',
    samples: 8_416,
    rejected: 1,
    rejections: [{ line: 8_417, reason: 'cut short: 9 of 17 fields' }],
    clock: {
      movedMs: durationMs(-41_000),
      plusMinusMs: durationMs(2_000),
      how: 'correlation',
      drift: { ppm: 12, from },
    },
    groups: GROUPS,
  },
  {
    ...NOTHING_AMISS,
    id: 'softphone',
    name: 'softphone.har',
    kind: 'HAR, secrets removed',
    fileKind: 'har',
    samples: 61,
    removals: [
      { what: 'Authorization header', count: 11 },
      { what: 'token in an address', count: 3 },
    ],
    clock: {
      movedMs: durationMs(350),
      plusMinusMs: durationMs(500),
      how: 'dateHeaders',
      drift: null,
    },
  },
]

const NOTHING_AMISS: Omit<IncidentSource, 'id' | 'name' | 'kind' | 'samples'> = {
  rejected: 0,
  rejections: [],
  removals: [],
  warnings: [],
  clock: { movedMs: durationMs(0), plusMinusMs: durationMs(0), how: 'asItIs', drift: null },
  groups: [],
}

const group = (
  dimension: AttemptGroup['dimension'],
  name: string,
  attempts: number,
  refused: number,
  failed: number,
): AttemptGroup => ({ dimension, name, attempts, refused, failed })

const GROUPS: readonly AttemptGroup[] = [
  group('label', 'Softphone login', 1_178, 149, 151),
  group('label', 'Open channel', 2_626, 82, 82),
  group('label', 'Ping', 4_612, 15, 16),
  group('threadGroup', 'Agents', 4_310, 131, 134),
  group('threadGroup', 'Supervisors', 4_106, 115, 115),
  group('host', 'streaming.mypurecloud.de', 2_626, 82, 82),
  group('host', 'api.mypurecloud.de', 5_790, 164, 167),
]
