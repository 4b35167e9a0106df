/** Values that stand in the registry whatever the simulation says, by `namespace key`. */
export type RegistryOverrides = Readonly<Record<string, number>>

/** Reads overrides that came in from outside. Throws a RangeError that names what is wrong. */
export function registryOverridesOf(value: unknown): RegistryOverrides {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new RangeError('registry must be an object')
  const entries = Object.entries(value).map(([name, each]: [string, unknown]) => {
    if (!/^\S+ \S+$/.test(name))
      throw new RangeError(`"${name}" must be a namespace and a key with a space between`)
    if (typeof each !== 'number' || !Number.isFinite(each))
      throw new RangeError(`the value of ${name} must be a number`)
    return [name, each] as const
  })
  return Object.fromEntries(entries)
}

/** Reads overrides spelt `namespace key=value`. Throws a RangeError that names what is wrong. */
export const registryOverridesIn = (texts: readonly string[]): RegistryOverrides =>
  registryOverridesOf(
    Object.fromEntries(
      texts.map((text) => {
        const [, name, value] = /^(\S+ \S+)=(-?\d+)$/.exec(text) ?? []
        if (name === undefined)
          throw new RangeError(`"${text}" must be spelt "namespace key=whole number"`)
        return [name, Number(value)]
      }),
    ),
  )
