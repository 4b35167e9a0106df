declare const unit: unique symbol
type Unit<Name extends string> = number & { readonly [unit]: Name }
declare const id: unique symbol
type Id<Name extends string> = string & { readonly [id]: Name }

/** An instant: milliseconds since 1970-01-01 UTC. */
export type EpochMs = Unit<'EpochMs'>
/** A length of time in milliseconds. */
export type DurationMs = Unit<'DurationMs'>
/** One Genesys Cloud tenant, as Tidemark names it: also a part of addresses and of stored keys. */
export type OrgId = Id<'OrgId'>
/** What is counted, e.g. `calls.concurrent`; unique within an organisation. */
export type MetricId = Id<'MetricId'>
/** Something that is asked or read as one, e.g. one call of the catalogue, a feed, a file. */
export type SourceId = Id<'SourceId'>

export const epochMs = (value: number) => value as EpochMs
export const durationMs = (value: number) => value as DurationMs
export const orgId = (value: string) => value as OrgId
export const metricId = (value: string) => value as MetricId
export const sourceId = (value: string) => value as SourceId

export const SECOND_MS = durationMs(1_000)
export const MINUTE_MS = durationMs(60_000)
export const HOUR_MS = durationMs(3_600_000)
export const DAY_MS = durationMs(86_400_000)

/** The time from one instant to another; negative when `to` is the earlier one. */
export const elapsed = (from: EpochMs, to: EpochMs) => (to - from) as DurationMs
/** The instant a while later (or, with a negative length, earlier). */
export const later = (at: EpochMs, by: number) => (at + by) as EpochMs
