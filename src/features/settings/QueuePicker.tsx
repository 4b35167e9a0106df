import { Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import { formatCount } from '#domain/format.ts'
import { MOST_QUEUES } from '#sources/config/tidemarkConfig.ts'
import type { QueueName } from '#sources/genesys/catalogue/chosenQueues.ts'
import classes from './QueueSettings.module.css'
import type { QueueListing } from './settingsActions.ts'

type Props = {
  listing: Extract<QueueListing, { kind: 'read' }>
  chosen: readonly QueueName[]
  onToggle: (queue: QueueName) => void
}

/** Nobody looks through more than this: a search finds the others. */
const MOST_SHOWN = 100

/** The organisation's queues to tick, those that were chosen when it was opened first. */
export function QueuePicker({ listing, chosen, onToggle }: Props) {
  const [wanted, setWanted] = useState('')
  // A row that leapt to the top when it was ticked would be gone from under the pointer.
  const [first] = useState(() => new Set(chosen.map(({ id }) => id)))
  const { queues, isWhole } = listing
  const found = queues.filter(isFound(wanted.trim().toLowerCase()))
  const shown = [
    ...found.filter(({ id }) => first.has(id)),
    ...found.filter(({ id }) => !first.has(id)),
  ].slice(0, MOST_SHOWN)
  const isFull = chosen.length >= MOST_QUEUES
  return (
    <div>
      <div className={classes.row}>
        <TextInput
          type="search"
          aria-label="Search queues"
          placeholder="Name or id"
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
        <p aria-live="polite">{foundWords(shown.length, found.length, queues.length)}</p>
      </div>
      {isWhole ? null : (
        <p className={classes.hint}>
          The list is longer than what was read of it. Others can be chosen by their id.
        </p>
      )}
      {isFull ? (
        <p className={classes.hint}>
          {MOST_QUEUES} are chosen, which is the most. Take one out to choose another.
        </p>
      ) : null}
      <ul className={classes.list} aria-label="Queues of the organisation">
        {shown.map((queue) => {
          const isChosen = chosen.some(({ id }) => id === queue.id)
          return (
            <li key={queue.id}>
              <Checkbox
                label={queue.name}
                checked={isChosen}
                disabled={isFull && !isChosen}
                onChange={() => onToggle(queue)}
              />
            </li>
          )
        })}
      </ul>
    </div>
  )
}

const isFound =
  (wanted: string) =>
  ({ id, name }: QueueName) =>
    name.toLowerCase().includes(wanted) || id.toLowerCase().includes(wanted)

/** `24 queues`, `4 of 24 queues`, `the first 100 of 412 queues`. */
function foundWords(shown: number, found: number, all: number): string {
  if (all === 0) return 'The organisation has no queue that you may see.'
  const noun = all === 1 ? 'queue' : 'queues'
  if (found === 0) return `None of ${formatCount(all)} ${noun} is called that.`
  if (shown < found) return `The first ${shown} of ${formatCount(found)} are shown: search.`
  return found < all
    ? `${formatCount(found)} of ${formatCount(all)} ${noun}`
    : `${formatCount(all)} ${noun}`
}
