import type { Audit } from '#domain/limits/audit/audit.ts'

/** `limits-alder-retail-2026-09-17-1430z`: what saved audits begin with, safe on every system. */
export function auditFileStem({ organisation, takenAt }: Pick<Audit, 'organisation' | 'takenAt'>) {
  const name = organisation.name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
  const iso = new Date(takenAt).toISOString()
  const time = iso.slice(11, 16).replace(':', '')
  return `limits-${name || 'organisation'}-${iso.slice(0, 10)}-${time}z`
}
