import { Button, Popover, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { chooseAuthor, useAuthor } from '#state/preferences.ts'

type Props = { onAcknowledge: (by: string) => void }

/** One click where this browser knows a name; the first time it asks for one. */
export function Acknowledge({ onAcknowledge }: Props) {
  const author = useAuthor()
  const [isAsking, setIsAsking] = useState(false)
  const [name, setName] = useState('')
  const [problem, setProblem] = useState<string | null>(null)

  function submit(event: FormEvent) {
    event.preventDefault()
    const by = name.trim()
    if (by === '') return setProblem('Others will ask who has seen it.')
    chooseAuthor(by)
    onAcknowledge(by)
  }

  return (
    <Popover opened={isAsking} onChange={setIsAsking} trapFocus withArrow={false}>
      <Popover.Target>
        <Button
          size="xs"
          onClick={() => (author === '' ? setIsAsking(!isAsking) : onAcknowledge(author))}
        >
          Acknowledge
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={submit}>
          <TextInput
            label="Your name"
            description="It stands beside what you acknowledge."
            value={name}
            error={problem}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
            data-autofocus
          />
          <Button type="submit" size="xs" variant="filled" mt={8}>
            Acknowledge
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
