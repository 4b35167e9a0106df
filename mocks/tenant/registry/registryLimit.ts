/** One limit of the simulated registry. Its unit stands in the key alone, as in the real one. */
export type RegistryLimit = {
  namespace: string
  key: string
  /** What the platform gives everybody. */
  defaultValue: number
  /** What this organisation has instead. */
  ownValue?: number
  description: string
  /** The platform records its use from 90 % on (facts §1.1.2). */
  trackable: boolean
  /** An organisation may ask for another value. */
  configurable: boolean
  /** Missing in the list that the platform publishes, which is not complete (facts §0.6). */
  isUndocumented?: boolean
}

/** What sets a limit apart from most. */
export type LimitTraits = Partial<
  Pick<RegistryLimit, 'ownValue' | 'trackable' | 'configurable' | 'isUndocumented'>
>

/** A limit by namespace and key; untracked and fixed unless its traits say otherwise. */
export const registryLimit = (
  namespace: string,
  key: string,
  defaultValue: number,
  description: string,
  traits: LimitTraits = {},
): RegistryLimit => ({
  namespace,
  key,
  defaultValue,
  description,
  trackable: false,
  configurable: false,
  ...traits,
})
