/**
 * One region of Genesys Cloud. Its hosts are `api.`, `login.`, `apps.`, `streaming.` and
 * `webmessaging.` + domain.
 */
export type Region = {
  /** The SDK's name of it, e.g. `eu_central_1`. */
  id: string
  domain: string
  /** What the vendor's client passes to embedded pages; null where it was never seen. */
  gcTargetEnv: string | null
  /** For people. */
  place: string
}

/**
 * All regions known to the vendor's SDK 262. New ones come: any other domain can be typed (facts
 * §7.1).
 */
export const REGIONS: readonly Region[] = [
  region('us_east_1', 'mypurecloud.com', 'prod', 'Virginia'),
  region('us_west_2', 'usw2.pure.cloud', 'prod-usw2', 'Oregon'),
  region('us_east_2', 'use2.us-gov-pure.cloud', 'fedramp-use2-core', 'Ohio (FedRAMP)'),
  region('ca_central_1', 'cac1.pure.cloud', 'prod-cac1', 'Montréal'),
  region('mx_central_1', 'mxc1.pure.cloud', 'prod-mxc1', 'Querétaro'),
  region('sa_east_1', 'sae1.pure.cloud', 'prod-sae1', 'São Paulo'),
  region('eu_west_1', 'mypurecloud.ie', 'prod-euw1', 'Dublin'),
  region('eu_west_2', 'euw2.pure.cloud', 'prod-euw2', 'London'),
  region('eu_central_1', 'mypurecloud.de', 'prod-euc1', 'Frankfurt'),
  region('eu_central_2', 'euc2.pure.cloud', 'prod-euc2', 'Zürich'),
  region('eusc_de_east_1', 'edee1.eusc-pure.cloud', null, 'Brandenburg (sovereign)'),
  region('me_central_1', 'mec1.pure.cloud', 'prod-mec1', 'United Arab Emirates'),
  region('ap_south_1', 'aps1.pure.cloud', 'prod-aps1', 'Mumbai'),
  region('ap_northeast_1', 'mypurecloud.jp', 'prod-apne1', 'Tokyo'),
  region('ap_northeast_2', 'apne2.pure.cloud', 'prod-apne2', 'Seoul'),
  region('ap_northeast_3', 'apne3.pure.cloud', 'prod-apne3', 'Osaka'),
  region('ap_southeast_1', 'apse1.pure.cloud', 'prod-apse1', 'Singapore'),
  region('ap_southeast_2', 'mypurecloud.com.au', 'prod-apse2', 'Sydney'),
]

/** The region of a domain; null where it is none of the known ones. */
export const regionOfDomain = (domain: string): Region | null =>
  REGIONS.find((known) => known.domain === domain.toLowerCase()) ?? null

function region(id: string, domain: string, gcTargetEnv: string | null, place: string): Region {
  return { id, domain, gcTargetEnv, place }
}
