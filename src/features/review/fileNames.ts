import type { Incident } from '#domain/incident/incident.ts'

/** `load-test-run-7-2026-09-17-1045z`: what saved files begin with, safe on every system. */
export function fileStem({ title, from }: Incident): string {
  const name = title
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
  const iso = new Date(from).toISOString()
  return `${name || 'incident'}-${iso.slice(0, 10)}-${iso.slice(11, 16).replace(':', '')}z`
}
