import type { Observation } from '#domain/observation.ts'
import type { OrgId } from '#domain/units.ts'
import type { EventLog } from '../eventLog.ts'
import type { LogStorage } from '../log/logStorage.ts'
import type { OrgLog } from '../log/orgLog.ts'
import type { RecorderMachine } from '../recorderMachine.ts'
import { followJtlOnDisk, type JtlStatus } from './followedJtl.ts'
import { openReadMarks } from './readMarks.ts'

/** A results file to follow, whose test it is, and its name without its place: no organisation has two of a name. */
export type JtlFile = { organisation: OrgId; path: string; file: string }

/** The results files of one organisation. */
export type FollowedJtls = {
  statuses: () => readonly JtlStatus[]
  /** Looks no more, and keeps up to where they were told. */
  stop: () => Promise<void>
}

type Options = {
  files: readonly JtlFile[]
  storage: LogStorage
  orgLog: OrgLog
  machine: RecorderMachine
  log: EventLog
  observe: (observed: Observation) => Promise<void>
}

/** Follows the files; without any, nothing is read or kept, and it is null. */
export async function followJtls(options: Options): Promise<FollowedJtls | null> {
  const { files, storage, orgLog, machine, log, observe } = options
  if (files.length === 0) return null
  const { clock, timer } = machine
  const marks = await openReadMarks({ storage, orgLog, clock, timer, log })
  const followed = files.map(({ path, file }) =>
    followJtlOnDisk({ path, file, marks, clock, timer, log, observe }),
  )
  return {
    statuses: () => followed.map(({ status }) => status()),
    async stop() {
      await Promise.all(followed.map(({ stop }) => stop()))
      await marks.close()
    },
  }
}
