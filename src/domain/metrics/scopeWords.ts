import type { Scope } from './metric.ts'

/** Whose use a number covers, in words. */
export const SCOPE_WORDS: Readonly<Record<Scope, string>> = {
  organisation: 'organisation',
  userApp: 'user and app',
  token: 'own token',
  trunk: 'trunk',
  sampledClients: 'sampled clients',
}
