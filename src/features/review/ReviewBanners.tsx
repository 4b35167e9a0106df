import { Button } from '@mantine/core'
import { formatClock, formatDate } from '#domain/format.ts'
import type { ReviewDesk } from '#monitor/review/reviewDesk.ts'
import type { OpenedBundle, PendingFile, ReviewState } from '#monitor/review/reviewState.ts'
import { Banner } from '#ui/notes/Banner.tsx'
import { ReadingBanner } from '#ui/notes/ReadingBanner.tsx'
import { filesOutside } from './filesOutside.ts'

type Props = {
  state: ReviewState
  desk: ReviewDesk
  zone: string
  notices: readonly string[]
}

/** What is being read, what was refused, what is asked, and whether a bundle is as it was written. */
export function ReviewBanners({ state, desk, zone, notices }: Props) {
  const { pending, bundle, questions, problems, draft, incident } = state
  return (
    <>
      {[...notices, ...problems].map((sentence) => (
        <Banner key={sentence} state="warn">
          {sentence}
        </Banner>
      ))}
      {bundle ? <BundleBanner bundle={bundle} /> : null}
      {pending.map((file) => (
        <PendingBanner key={file.id} file={file} onDismiss={() => desk.dismiss(file.id)} />
      ))}
      {questions.map(({ id, name }) => (
        <Banner
          key={id}
          state="unknown"
          actions={
            <>
              <Button size="xs" onClick={() => desk.answerStamp(id, 'start')}>
                When it began
              </Button>
              <Button size="xs" onClick={() => desk.answerStamp(id, 'end')}>
                When it ended
              </Button>
            </>
          }
        >
          Does a time in {name} say when its sample began, or when it ended? JMeter writes either
          (sampleresult.timestamp.start), and this file reads like ends.
        </Banner>
      ))}
      {incident
        ? filesOutside(draft, incident).map(({ id, name, from, to }) => (
            <Banner
              key={id}
              state="warn"
              actions={
                <Button size="xs" onClick={() => desk.removeFile(id)}>
                  Take it off
                </Button>
              }
            >
              {name} lies outside this window: it goes from {formatDate(from, zone)},{' '}
              {formatClock(from, zone)} to {formatClock(to, zone)}. Choose that window, or move its
              clock.
            </Banner>
          ))
        : null}
    </>
  )
}

function BundleBanner({ bundle }: { bundle: OpenedBundle }) {
  const { name, changed, isSameVerdict, fingerprint } = bundle
  const short = fingerprint.slice(0, 16)
  if (changed.length > 0)
    return (
      <Banner state="critical">
        {name} was changed after it was written: {changed.join(', ')}. What is shown follows from
        the changed data. Fingerprint {short}.
      </Banner>
    )
  if (isSameVerdict === false)
    return (
      <Banner state="warn">
        All parts of {name} are as they were written, but the verdict recomputed here is another one
        than it holds: it was written by another version. Fingerprint {short}.
      </Banner>
    )
  return (
    <Banner state={isSameVerdict ? 'ok' : 'loading'}>
      {isSameVerdict
        ? `${name} is as it was written, and the verdict recomputed here is the same. Fingerprint ${short}.`
        : `${name} is as it was written; its verdict is being recomputed.`}
    </Banner>
  )
}

function PendingBanner({ file, onDismiss }: { file: PendingFile; onDismiss: () => void }) {
  if (file.kind === 'failed')
    return (
      <Banner
        state="critical"
        actions={
          <Button size="xs" onClick={onDismiss}>
            Close
          </Button>
        }
      >
        {file.message}
      </Banner>
    )
  return <ReadingBanner {...file} onCancel={onDismiss} />
}
