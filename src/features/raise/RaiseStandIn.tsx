import { formatClock, formatDate, formatPercent } from '#domain/format.ts'
import { changeTitle } from '#domain/limits/certificateWords.ts'
import type { EpochMs } from '#domain/units.ts'
import type { RaiseView } from '#monitor/limits/raiseState.ts'
import { Note } from '#ui/notes/Note.tsx'
import classes from './RaiseScreen.module.css'

type Props = {
  view: Exclude<RaiseView, { kind: 'ready' }>
  zone: string
  onAgain: () => void
  onNewest: () => void
}

/** Words in the place of a certificate: not yet, none, or why not. */
export function RaiseStandIn({ view, zone, onAgain, onNewest }: Props) {
  const { title, text, action } = wordsOf(view, zone, { onAgain, onNewest })
  return (
    <div className={classes.standIn} aria-busy={view.kind === 'reading'} role="status">
      <Note title={title} action={action}>
        {text}
      </Note>
    </div>
  )
}

type Ways = Pick<Props, 'onAgain' | 'onNewest'>
type Words = { title: string; text: string; action?: { label: string; onAction: () => void } }

function wordsOf(view: Props['view'], zone: string, { onAgain, onNewest }: Ways): Words {
  const again = { label: 'Read again', onAction: onAgain }
  switch (view.kind) {
    case 'reading':
      return {
        title: view.change ? changeTitle(view.change, zone) : 'Reading the changes of limits',
        text:
          view.share === null
            ? 'What the history knows of the last 14 days is read.'
            : `Samples of both windows are read and compared: ${formatPercent(view.share)}.`,
      }
    case 'noChanges':
      return {
        title: 'No limit was raised or lowered yet.',
        text: 'As soon as the organisation’s registry, a feed or somebody here tells another value for a limit of something that is counted, it stands here.',
        action: again,
      }
    case 'unknownChange':
      return {
        title: 'The link names a change that is not known here.',
        text: 'It was made before Tidemark began to watch, or seen in another browser.',
        action: { label: 'Show the newest', onAction: onNewest },
      }
    case 'failed':
      return {
        title: 'The history cannot be read.',
        text: view.message,
        action: again,
      }
    case 'noWindows':
      return {
        title: changeTitle(view.change, zone),
        text: whyNoWindows(view, zone),
        action: again,
      }
  }
}

function whyNoWindows(
  { reason, attemptsSince }: Extract<RaiseView, { kind: 'noWindows' }>,
  zone: string,
): string {
  const since =
    attemptsSince === null
      ? 'Nobody counts attempts.'
      : `Nobody counted attempts before ${instantText(attemptsSince, zone)}.`
  switch (reason) {
    case 'tooOld':
      return 'Samples are kept for 14 days. Of the time before this change there are only minute steps, and a certificate needs samples: their steps can be looked at in Review.'
    case 'nothing-before':
      return `Nothing was measured under the old limit. ${since}`
    case 'nothing-after':
      return `Nothing was measured under the new limit yet. ${since}`
  }
}

const instantText = (at: EpochMs, zone: string) =>
  `${formatClock(at, zone, 'minutes')} on ${formatDate(at, zone)}`
