import { Button } from '@mantine/core'
import type { EpochMs } from '#domain/units.ts'
import { useMonitor } from '#state/MonitorProvider.tsx'
import { Banner } from '#ui/notes/Banner.tsx'
import { followWords, paceWarnings } from './followWords.ts'
import type { DeskFile } from './deskFile.ts'
import { FileDetails } from './FileDetails.tsx'
import type { FileDesk } from './fileDesk.ts'
import classes from './FileLine.module.css'
import { threadsOf } from './followedMetrics.ts'

type Props = {
  file: Extract<DeskFile, { kind: 'followed' }>
  desk: FileDesk
  now: EpochMs
  zone: string
}

/** A file that is followed: what it holds so far, whether it still grows, and what can be done about it. */
export function FollowLine({ file, desk, now, zone }: Props) {
  const monitor = useMonitor()
  const { name, handle, state, notKept } = file
  const { soFar } = state
  // That a file has only a header is no news while the test begins.
  const hasLines = soFar !== null && soFar.summary.samples + soFar.summary.rejected > 0
  const said = followWords(file, { now, zone, threads: threadsOf(monitor, file) })
  const warnings = [
    ...(soFar?.warnings ?? []),
    ...paceWarnings(file),
    ...(notKept === null ? [] : [`it is not offered again after a reload: ${notKept}`]),
  ]
  return (
    <Banner
      state={said.state}
      actions={
        <>
          {state.trouble?.why === 'barred' ? (
            <Button size="xs" variant="filled" onClick={() => void desk.allow(handle)}>
              Allow reading
            </Button>
          ) : null}
          {hasLines ? <FileDetails name={name} result={soFar} warnings={warnings} /> : null}
          <Button size="xs" onClick={desk.stop}>
            Stop
          </Button>
        </>
      }
    >
      {said.before}
      <b className={classes.name}>{name}</b>
      {said.words}
    </Banner>
  )
}
