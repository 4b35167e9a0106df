import { useEffect, useRef } from 'react'

/** What a key does; keys are named as `KeyboardEvent.key` names them, letters small. */
export type PageKeys = Readonly<Record<string, (event: KeyboardEvent) => void>>

const CONTROLS = 'input, textarea, select, button, a, summary, [role="menu"], [contenteditable]'
const DIALOGS = '[role="dialog"], [role="menu"]'

/** Keys that press a button or move a choice. */
const PRESSES = /^( |Enter|Arrow.*|Home|End|Page.*)$/

/** Whether a key already means something where the focus is: text is typed, a button pressed, a dialog open. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true
  if (document.querySelector(DIALOGS)) return true
  const target = event.target
  if (!(target instanceof Element)) return false
  const isControl = target.closest(CONTROLS) !== null
  if (!isControl) return false
  // A letter means nothing to a button or a radio; only what presses or moves them is theirs.
  const isText = target.matches(
    'textarea, select, [contenteditable], input:not([type=radio]):not([type=checkbox])',
  )
  return isText || PRESSES.test(event.key)
}

/** Keys of the whole screen, wherever the focus is, unless they mean something there. */
export function usePageKeys(keys: PageKeys) {
  const current = useRef(keys)
  useEffect(() => {
    current.current = keys
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const act = current.current[event.key.length === 1 ? event.key.toLowerCase() : event.key]
      if (!act || isTaken(event)) return
      event.preventDefault()
      act(event)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
