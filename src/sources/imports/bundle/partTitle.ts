import type { Incident } from '#domain/incident/incident.ts'
import {
  type FixedPart,
  MANIFEST_PART,
  OTHER_SCRIPTS,
  seriesPart,
  VIEWER_PART,
} from '../../exports/bundle/bundleFormat.ts'

const TITLES: Readonly<
  Record<FixedPart | typeof MANIFEST_PART | typeof VIEWER_PART | typeof OTHER_SCRIPTS, string>
> = {
  manifest: 'list of parts',
  head: 'window and metrics',
  limits: 'limits',
  errors: 'errors',
  markers: 'markers',
  clients: 'clients',
  sources: 'sources',
  notes: 'notes',
  report: 'stored verdict',
  viewer: 'the code that checks',
  scripts: 'scripts beside its parts',
}

/** A part as people call it: `series WebSocket connections`. */
export function partTitle(part: string, { samples, metrics }: Incident): string {
  const known = Object.entries(TITLES).find(([name]) => name === part)
  if (known) return known[1]
  const metric = samples.find((_, i) => seriesPart(i) === part)?.metric
  if (metric === undefined) return part
  return `series ${metrics.find(({ id }) => id === metric)?.title ?? metric}`
}
