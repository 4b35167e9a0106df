import type { JtlSums } from './jtlFile.ts'

export const COMMAND = 'npx tsx bench/jtl.ts'

/** Throws where a way of reading found something else than is there: a fast wrong one proves nothing. */
export function sameSums(name: string, found: Partial<JtlSums>, expected: Partial<JtlSums>) {
  for (const [key, value] of Object.entries(found))
    if (value !== expected[key as keyof JtlSums])
      throw new Error(`${name}: ${key} is ${value}, expected ${expected[key as keyof JtlSums]}`)
}
