import { Button } from '@mantine/core'
import { useState } from 'react'
import type { QueueName } from '#sources/genesys/catalogue/chosenQueues.ts'
import { MOST_QUEUES, type OrganisationConfig } from '#sources/config/tidemarkConfig.ts'
import { QueuePicker } from './QueuePicker.tsx'
import classes from './QueueSettings.module.css'
import type { QueueListing } from './settingsActions.ts'
import table from './table.module.css'
import { TypedQueue } from './TypedQueue.tsx'

type Props = {
  config: Pick<OrganisationConfig, 'queues'>
  /** Asks the organisation for its queues. */
  onRead: () => Promise<QueueListing>
  onChange: (changes: Pick<OrganisationConfig, 'queues'>) => Promise<void>
}

/** Which queues have series of their own; changes are taken over together, since they start the watch anew. */
export function QueueSettings({ config, onRead, onChange }: Props) {
  const [draft, setDraft] = useState<readonly QueueName[] | null>(null)
  const [listing, setListing] = useState<QueueListing | 'reading' | null>(null)
  const [isTyping, setIsTyping] = useState(false)
  const chosen = draft ?? config.queues
  const read = listing !== null && listing !== 'reading' && listing.kind === 'read' ? listing : null
  const names = new Map(read?.queues.map(({ id, name }) => [id, name]))
  const isMissing = ({ id }: QueueName) => read !== null && read.isWhole && !names.has(id)

  async function openList() {
    setListing('reading')
    const answer = await onRead()
    setListing(answer)
    if (answer.kind === 'fails') setIsTyping(true)
  }

  const toggle = (queue: QueueName) =>
    setDraft(
      chosen.some(({ id }) => id === queue.id)
        ? chosen.filter(({ id }) => id !== queue.id)
        : [...chosen, queue],
    )
  const done = () => {
    setDraft(null)
    setListing(null)
    setIsTyping(false)
  }
  async function save() {
    // A queue that was renamed goes by its new name.
    const queues = chosen.map(({ id, name }) => ({ id, name: names.get(id) ?? name }))
    await onChange({ queues })
    done()
  }

  return (
    <div className={classes.queues}>
      {chosen.length > 0 ? (
        <table className={table.table}>
          <thead>
            <tr>
              <th>Queue</th>
              <th>Id</th>
              <th>
                <span className="visually-hidden">Take out</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {chosen.map((queue) => (
              <tr key={queue.id}>
                <td className={table.name}>{names.get(queue.id) ?? queue.name}</td>
                <td>
                  <span className={table.code}>{queue.id}</span>
                  {isMissing(queue) ? ' is not in the list: gone, or not to be seen by you' : ''}
                </td>
                <td>
                  <div className={table.acts}>
                    <Button
                      size="xs"
                      aria-label={`Take out ${queue.name}`}
                      onClick={() => toggle(queue)}
                    >
                      Take out
                    </Button>
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      <p className={classes.count} aria-live="polite">
        {countWords(chosen.length)}
      </p>
      {read ? (
        <QueuePicker listing={read} chosen={chosen} onToggle={toggle} />
      ) : (
        <div className={classes.row}>
          <Button disabled={listing === 'reading'} onClick={() => void openList()}>
            {listing === 'reading' ? 'Reading the list…' : 'Choose from the list'}
          </Button>
          {isTyping ? null : <Button onClick={() => setIsTyping(true)}>Type an id</Button>}
          {listing !== null && listing !== 'reading' && listing.kind === 'fails' ? (
            <p role="alert" className={classes.problem}>
              {listing.problem} A queue can be chosen by its id instead.
            </p>
          ) : null}
        </div>
      )}
      {isTyping ? <TypedQueue chosen={chosen} onAdd={toggle} /> : null}
      {draft === null && listing === null && !isTyping ? null : (
        <div className={classes.row}>
          <Button variant="filled" disabled={draft === null} onClick={() => void save()}>
            Save
          </Button>
          <Button onClick={done}>{draft === null ? 'Close' : 'Discard'}</Button>
          {draft === null ? null : <p>Not saved yet.</p>}
        </div>
      )}
    </div>
  )
}

const countWords = (count: number) =>
  count === 0
    ? `None is chosen; up to ${MOST_QUEUES} can be. One request every 15 s reads all of them.`
    : `${count} of at most ${MOST_QUEUES} chosen.`
