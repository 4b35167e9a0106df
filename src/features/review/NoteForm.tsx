import { Button } from '@mantine/core'
import { type FormEvent, type KeyboardEvent, type Ref, useState } from 'react'
import classes from './NoteForm.module.css'

type Props = {
  /** What is asked for: `Note at 13:09:12`. */
  label: string
  field?: Ref<HTMLTextAreaElement>
  text?: string
  action?: string
  onAdd: (text: string) => void
  /** Where it can be called off. */
  onCancel?: () => void
}

const MOST_CHARACTERS = 2_000

/** A few lines of text: Enter adds them, Shift and Enter begin a new line, Esc calls off. */
export function NoteForm({
  label,
  field,
  text: given = '',
  action = 'Add',
  onAdd,
  onCancel,
}: Props) {
  const [text, setText] = useState(given)
  const submit = (event: FormEvent | KeyboardEvent) => {
    event.preventDefault()
    const written = text.trim()
    if (written === '') return
    onAdd(written)
    setText('')
  }
  return (
    <form className={classes.form} onSubmit={submit}>
      <textarea
        ref={field}
        className={classes.field}
        aria-label={label}
        placeholder={label}
        value={text}
        rows={2}
        maxLength={MOST_CHARACTERS}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing)
            submit(event)
          if (event.key !== 'Escape') return
          event.currentTarget.blur()
          onCancel?.()
        }}
      />
      {text.trim() === '' ? null : (
        <Button size="xs" type="submit" variant="filled">
          {action}
        </Button>
      )}
    </form>
  )
}
