import type { OrgId, SourceId } from '#domain/units.ts'

/** Keys of everything an organisation tells us. They start with it, so leaving one drops one branch. */
export const orgKeys = {
  all: (org: OrgId) => ['org', org] as const,
  call: (org: OrgId, source: SourceId) => [...orgKeys.all(org), source] as const,
  /** What is asked on somebody's demand, and for which of several. */
  onDemand: (org: OrgId, what: string, which: string | number = '') =>
    [...orgKeys.all(org), 'onDemand', what, which] as const,
}
