import { Button } from '@mantine/core'
import type { EpochMs } from '#domain/units.ts'
import { Banner } from '#ui/notes/Banner.tsx'
import { ReadingBanner } from '#ui/notes/ReadingBanner.tsx'
import { FollowLine } from './FollowLine.tsx'
import type { DeskFile } from './deskFile.ts'
import { FileDetails } from './FileDetails.tsx'
import type { FileDesk } from './fileDesk.ts'
import classes from './FileLine.module.css'
import { fileWords, ONCE_WORDS, spanOf } from './fileWords.ts'

type Props = {
  file: DeskFile
  desk: FileDesk
  now: EpochMs
  zone: string
  onShow: (from: EpochMs, to: EpochMs) => void
}

/** A file being read or followed, what it held, or why it was refused. */
export function FileLine({ file, desk, now, zone, onShow }: Props) {
  switch (file.kind) {
    case 'reading':
      return <ReadingBanner {...file} onCancel={desk.close} />
    case 'followed':
      return <FollowLine file={file} desk={desk} now={now} zone={zone} />
    case 'offered':
      return <OfferLine file={file} desk={desk} />
    case 'read':
    case 'ended':
      return <ReadLine file={file} desk={desk} zone={zone} onShow={onShow} />
    case 'failed':
      return (
        <Banner state="critical" actions={<CloseButton desk={desk} />}>
          {file.message}
        </Banner>
      )
  }
}

type LineProps<Kind extends DeskFile['kind']> = {
  file: Extract<DeskFile, { kind: Kind }>
  desk: FileDesk
}

function OfferLine({ file: { handle, isRefused }, desk }: LineProps<'offered'>) {
  return (
    <Banner
      state={isRefused ? 'warn' : 'stale'}
      actions={
        <>
          <Button size="xs" variant="filled" onClick={() => void desk.allow(handle)}>
            Follow {handle.name} again
          </Button>
          <CloseButton desk={desk} />
        </>
      }
    >
      <b className={classes.name}>{handle.name}</b>{' '}
      {isRefused
        ? 'may not be read: the browser was not allowed to.'
        : 'was followed here before; it is not read now.'}
    </Banner>
  )
}

type ReadProps = LineProps<'read' | 'ended'> & Pick<Props, 'zone' | 'onShow'>

function ReadLine({ file, desk, zone, onShow }: ReadProps) {
  const { result } = file
  const span = result && spanOf(result)
  const show = () => span && onShow(span.from, span.to)
  return (
    <Banner
      state={result && result.summary.rejected > 0 ? 'warn' : 'ok'}
      actions={
        <>
          {result ? (
            <FileDetails name={file.name} result={result} warnings={result.warnings} />
          ) : null}
          {file.kind === 'read' ? (
            <Button size="xs" onClick={() => desk.open({ file: file.file, handle: null })}>
              Read again
            </Button>
          ) : null}
          <Button size="xs" onClick={show} disabled={!span}>
            Show its window
          </Button>
          <CloseButton desk={desk} />
        </>
      }
    >
      <b className={classes.name}>{file.name}</b>{' '}
      {result ? fileWords(result, zone) : 'was followed and held no samples.'}
      {file.kind === 'read' ? ` ${ONCE_WORDS[file.whyOnce]}` : null}
    </Banner>
  )
}

const CloseButton = ({ desk }: { desk: FileDesk }) => (
  <Button size="xs" onClick={desk.close}>
    Close
  </Button>
)
