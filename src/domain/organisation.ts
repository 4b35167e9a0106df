import type { OrgId } from './units.ts'

/** One Genesys Cloud tenant as screens name it. */
export type Organisation = {
  id: OrgId
  name: string
  /** E.g. `eu_central_1`; the typed domain where it is none of the known regions. */
  region: string
  /** E.g. `mypurecloud.de`, or `127.0.0.1:8787` for a simulator. */
  domain: string
  /**
   * Set when nothing of this organisation comes from Genesys Cloud; every screen then says so, with
   * these words: `scenario limit-raised, seed 42`, or `127.0.0.1:8787`.
   */
  simulation: string | null
}
