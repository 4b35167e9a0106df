import type { OrgId, SourceId } from '#domain/units.ts'

/** Keys of everything an organisation tells us. They start with it, so leaving one drops one branch. */
export const orgKeys = {
  all: (org: OrgId) => ['org', org] as const,
  call: (org: OrgId, source: SourceId) => [...orgKeys.all(org), source] as const,
}
