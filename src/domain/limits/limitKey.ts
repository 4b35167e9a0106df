/** A key of an organisation's registry of limits. */
export type LimitKey = { namespace: string; key: string }

/** As people and sources of limits write it: `platform.api token.rate.per.minute`. */
export const limitKeyText = ({ namespace, key }: LimitKey) => `${namespace} ${key}`

export const isSameKey = (a: LimitKey, b: LimitKey) =>
  a.namespace === b.namespace && a.key === b.key

/** By namespace, then key, by code unit: the same order on every machine. */
export function compareKeys(a: LimitKey, b: LimitKey): number {
  return compareTexts(a.namespace, b.namespace) || compareTexts(a.key, b.key)
}

/** Order of texts that no locale changes. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
