import { NAMESPACE_NAMES } from '../registry/namespaceNames.ts'
import { readNames } from '../registry/readNames.ts'
import { registryCall } from '../registry/registryCall.ts'
import { askAnything } from './askShaped.ts'
import { outlineOf } from './outline.ts'
import type { Probe } from './probe.ts'
import { attempt, countOf, namesOf } from './probeWords.ts'

/** P2: a reply without a documented shape, and what the audit makes of it. */
export const namespacesProbe: Probe = {
  id: 'P2',
  title: 'List of namespaces',
  decides: 'the shape of a reply that is described nowhere, and which namespaces an audit reads',
  calls: ['GET /api/v2/organizations/limits/namespaces'],
  permissions: [],
  read: async (tools) => {
    const reply = await askAnything(tools, registryCall('namespaces', { pageSize: '100' }))
    const read = await attempt(readNames(tools.context, tools.connection))
    return [
      `The reply is ${outlineOf(reply)}.`,
      read.ok ? readWords(read.value) : `An audit cannot read it: ${read.error.message}`,
    ]
  },
}

function readWords(names: readonly string[]): string {
  if (names.length === 0)
    return `An audit finds no name in it, and reads the ${NAMESPACE_NAMES.length} that the vendor's SDK names.`
  const unknown = names.filter((name) => !NAMESPACE_NAMES.includes(name))
  const more = unknown.length === 0 ? 'none' : `${unknown.length} (${namesOf(unknown)})`
  return `An audit reads ${countOf(names.length, 'name')} in it; ${more} of them the vendor's SDK does not name.`
}
