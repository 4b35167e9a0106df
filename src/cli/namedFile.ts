import type { OrgId } from '#domain/units.ts'
import type { RecorderConfig } from '#recorder/config/recorderConfig.ts'
import { callersPath, UsageError } from './commandInput.ts'

type Named = {
  /** Of which option the text is a value, with its dashes. */
  option: string
  text: string
  organisations: RecorderConfig['organisations']
}

/**
 * A file and whose it is: `FILE` belongs to the only organisation, `ID=FILE` names it. What stands before a first
 * `=` without a `/` is an ID, so a file with such a name is written `./a=b.jtl`. Throws UsageError where it is not
 * clear what is meant.
 */
export function namedFile({ option, text, organisations }: Named): {
  organisation: OrgId
  path: string
} {
  const ids = organisations.map(({ config: { id } }) => id)
  const [, named, rest] = /^([^=/\\]*)=(.*)$/s.exec(text) ?? []
  const typed = rest ?? text
  if (typed === '') throw new UsageError(`${option} ${text}: expected a file`)
  const known = ids.join(', ')
  if (named !== undefined) {
    const id = ids.find((one) => one === named)
    if (id !== undefined) return { organisation: id, path: callersPath(typed) }
    throw new UsageError(
      `${option} ${text}: CONFIG has no organisation "${named}", only ${known}; a file with = in its name is ./${text}`,
    )
  }
  const [only, ...others] = ids
  if (only !== undefined && others.length === 0)
    return { organisation: only, path: callersPath(typed) }
  throw new UsageError(
    `${option} ${text}: CONFIG has several organisations; say whose test it is with ${option} ID=FILE, ID one of ${known}`,
  )
}
