import type { LimitRequest, RegistryFact } from '#domain/limits/registryFact.ts'
import { seenOnce } from '#domain/limits/sightings.ts'
import { type EpochMs, later } from '#domain/units.ts'

/** A registry of three namespaces, one of which is refused, and a pending request. */
export function someRegistry(at: EpochMs): readonly RegistryFact[] {
  const key = (
    name: string,
    value: number,
    known: { default?: number; description?: string } = {},
  ) => ({
    key: name,
    effective: seenOnce(value, at),
    defaults: known.default === undefined ? [] : seenOnce(known.default, at),
    doc:
      known.description === undefined
        ? null
        : { description: known.description, isConfigurable: true, isTrackable: true },
  })
  return [
    {
      kind: 'namespace',
      namespace: 'dataactions',
      title: 'Data actions',
      answer: { at, failure: null },
      keys: [
        key('actions.concurrent.executions.max', 75, {
          default: 50,
          description: 'Data actions running at one time',
        }),
        key('actions.total.max', 5000, { default: 5000 }),
      ],
    },
    {
      kind: 'namespace',
      namespace: 'notifications',
      title: 'Notifications',
      answer: { at, failure: null },
      keys: [key('simulated.connections.concurrent.max', 1000, { default: 1000 })],
    },
    {
      kind: 'namespace',
      namespace: 'quality',
      title: 'Quality',
      answer: {
        at,
        failure: { kind: 'forbidden', reason: 'Refused.', permission: 'quality:limit:view' },
      },
      keys: [],
    },
    {
      kind: 'requests',
      answer: { at, failure: null },
      requests: [somePending(at)],
    },
  ]
}

/** 75 → 100 data actions, pending for a day. */
export const somePending = (at: EpochMs, known: Partial<LimitRequest> = {}): LimitRequest => ({
  id: 'r1',
  namespace: 'dataactions',
  key: 'actions.concurrent.executions.max',
  requestedValue: 100,
  currentValue: 75,
  status: 'Pending',
  createdAt: later(at, -86_400_000),
  completedAt: null,
  rejectReason: null,
  ...known,
})
