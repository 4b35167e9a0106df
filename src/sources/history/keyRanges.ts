import { DAY_MS, type EpochMs, epochMs, HOUR_MS, type MetricId, type OrgId } from '#domain/units.ts'

/** Every key that begins with the given parts: an array sorts after any string or number. */
export const beginningWith = (...parts: (string | number)[]) =>
  IDBKeyRange.bound(parts, [...parts, []])

/** The chunks of one metric that begin within a day. */
export const hoursOfDay = (org: OrgId, metric: MetricId, day: EpochMs) =>
  IDBKeyRange.bound([org, metric, day], [org, metric, day + DAY_MS], false, true)

/** The beginning of the hour or the day of UTC that an instant lies in. */
export const hourOf = (at: number) => epochMs(Math.floor(at / HOUR_MS) * HOUR_MS)
export const dayOf = (at: number) => epochMs(Math.floor(at / DAY_MS) * DAY_MS)
