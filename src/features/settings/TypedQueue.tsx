import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { MOST_QUEUES } from '#sources/config/tidemarkConfig.ts'
import type { QueueName } from '#sources/genesys/catalogue/chosenQueues.ts'
import classes from './QueueSettings.module.css'

type Props = { chosen: readonly QueueName[]; onAdd: (queue: QueueName) => void }

/** As long as an id or a name in the settings may be. */
const LONGEST = 200

/** For where the list cannot be read: a queue by its id, with a name to call it by. */
export function TypedQueue({ chosen, onAdd }: Props) {
  const [id, setId] = useState('')
  const [name, setName] = useState('')
  const [problem, setProblem] = useState<string | null>(null)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const queue = { id: id.trim(), name: name.trim() || id.trim() }
    const found = problemOf(queue, chosen)
    setProblem(found)
    if (found) return
    onAdd(queue)
    setId('')
    setName('')
  }

  return (
    <form className={classes.typed} onSubmit={submit} noValidate>
      <TextInput
        label="Queue id"
        description="From the address of the queue in Genesys Cloud."
        value={id}
        error={problem}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setId(event.currentTarget.value)}
      />
      <TextInput
        label="Name"
        description="What to call it here."
        value={name}
        autoComplete="off"
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit">Add</Button>
    </form>
  )
}

function problemOf({ id, name }: QueueName, chosen: readonly QueueName[]): string | null {
  if (id === '') return 'Type the id of a queue.'
  if (/\s/.test(id)) return 'An id holds no spaces.'
  if (id.length > LONGEST || name.length > LONGEST) return 'That is too long for an id or a name.'
  if (chosen.some((one) => one.id === id)) return 'This queue is chosen already.'
  return chosen.length >= MOST_QUEUES ? `${MOST_QUEUES} are chosen, which is the most.` : null
}
