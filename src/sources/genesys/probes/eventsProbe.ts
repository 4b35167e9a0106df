import { ABOUT_LIMITS, definitionsShape } from '../catalogue/operationalEvents.ts'
import { askShaped } from './askShaped.ts'
import type { Probe } from './probe.ts'
import { countOf, namesOf } from './probeWords.ts'

/** P7: which operational events are about limits; their names are published nowhere (facts §5.1). */
export const eventsProbe: Probe = {
  id: 'P7',
  title: 'Operational events',
  decides: 'which events are about limits',
  calls: ['GET /api/v2/usage/events/definitions'],
  permissions: ['usage:events:view'],
  read: async (tools) => {
    const { entities } = await askShaped(
      tools,
      {
        method: 'GET',
        path: '/api/v2/usage/events/definitions',
        permissions: eventsProbe.permissions,
      },
      definitionsShape,
    )
    const about = entities.filter(({ id, name, description }) =>
      ABOUT_LIMITS.test(`${name ?? id} ${description ?? ''}`),
    )
    const names = about.map(({ id, name }) => (name ? `${name} (${id})` : id))
    return [
      `${countOf(entities.length, 'event is', 'events are')} defined; ${about.length} speak of limits${names.length > 0 ? `: ${namesOf(names)}` : ''}.`,
    ]
  },
}
