import type { ImportEntry } from '#sources/config/importPlan.ts'
import type { OrganisationConfig } from '#sources/config/tidemarkConfig.ts'

const FIELD_WORDS: Readonly<Record<keyof OrganisationConfig, string>> = {
  id: 'id',
  name: 'name',
  domain: 'domain',
  clientId: 'OAuth client',
  vendorId: 'own id',
  feed: 'feed',
  simulation: 'simulation',
  thresholds: 'thresholds',
  thresholdChanges: 'record of thresholds',
  limitKeys: 'assigned keys',
  manualLimits: 'typed limits',
  queues: 'queues',
  prometheus: 'Prometheus',
  queries: 'queries of Prometheus',
  probeApps: 'apps with a connection probe',
  alertRules: 'rules of alerts',
  sourcesOff: 'sources switched off',
  auditEveryMs: 'audit interval',
  socketsPerUser: 'estimate',
  idleStopMs: 'stop when hidden',
}

/** What would happen to one organisation: `Replaced: name, typed limits`. */
export function entryWords({ kind, fields }: ImportEntry): string {
  if (kind === 'added') return 'Added'
  if (kind === 'same') return 'Left as it is: nothing differs'
  return `Replaced: ${fields.map((field) => FIELD_WORDS[field]).join(', ')}`
}

/** Why one is likely to be there twice; null where it is not. */
export const twinWords = ({ twin }: ImportEntry) =>
  twin &&
  `The same organisation as “${twin.name}” (${twin.id}), ${twin.isInFile ? 'also in this file' : 'which is here already'}.`

const count = (entries: readonly ImportEntry[], kind: ImportEntry['kind']) =>
  entries.filter((entry) => entry.kind === kind).length

/** What the button does: `Add 2, replace 1`. */
export function actWords(chosen: readonly ImportEntry[]): string {
  const added = count(chosen, 'added')
  const replaced = count(chosen, 'replaced')
  if (added > 0 && replaced > 0) return `Add ${added}, replace ${replaced}`
  return replaced > 0 ? `Replace ${replaced}` : `Add ${added}`
}

/** What was done: `2 added, 1 replaced`. */
export const doneWords = (chosen: readonly ImportEntry[]) =>
  [['added', count(chosen, 'added')] as const, ['replaced', count(chosen, 'replaced')] as const]
    .filter(([, number]) => number > 0)
    .map(([word, number]) => `${number} ${word}`)
    .join(', ')
