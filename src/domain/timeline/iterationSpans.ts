import type { EpochMs } from '../units.ts'
import type { Iteration, Run } from './iterations.ts'
import { namedNumber } from './namedNumber.ts'

/** One iteration as a strip shows it; `to` is null while it runs. */
export type NamedSpan = {
  from: EpochMs
  to: EpochMs | null
  label: string
  /** Of a file laid beside what is being watched. */
  isBeside: boolean
}

/** The number of an iteration: the one in its name, else its place. */
export const iterationNumber = ({ label, number }: Iteration) => namedNumber(label) ?? number

/** The iterations of runs, those of files first, so that what is watched lies over them. */
export const iterationSpans = (runs: readonly Run[]): NamedSpan[] =>
  runs
    .toSorted((a, b) => Number(b.isFile) - Number(a.isFile))
    .flatMap(({ isFile, label, iterations }) =>
      iterations.map((iteration) => ({
        from: iteration.from,
        to: iteration.to,
        label: isFile && iterations.length === 1 ? label : String(iterationNumber(iteration)),
        isBeside: isFile,
      })),
    )
