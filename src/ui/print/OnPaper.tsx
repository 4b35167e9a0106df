import { type ReactNode, useEffect, useState } from 'react'
import { createPortal, flushSync } from 'react-dom'

type Props = { children: ReactNode }

/** The app makes room for itself to the height of the window; a sheet is as long as it is. */
const INSTEAD_CSS = `
@page { size: A4; margin: 14mm; }
@media print {
  html, body { height: auto !important; background: #ffffff !important; }
  body > :not([data-part="on-paper"]) { display: none !important; }
}`

/**
 * What the browser prints in the place of the screen, in the light theme: made when the print begins
 * and gone when it is over.
 */
export function OnPaper({ children }: Props) {
  const [isPrinting, setIsPrinting] = useState(false)
  useEffect(() => {
    // Paper is laid out when the handlers have run: what comes with a later render is not on it.
    const begin = () => flushSync(() => setIsPrinting(true))
    const end = () => setIsPrinting(false)
    window.addEventListener('beforeprint', begin)
    window.addEventListener('afterprint', end)
    return () => {
      window.removeEventListener('beforeprint', begin)
      window.removeEventListener('afterprint', end)
    }
  }, [])
  if (!isPrinting) return null
  return createPortal(
    <div data-part="on-paper" data-theme="light">
      <style>{INSTEAD_CSS}</style>
      {children}
    </div>,
    document.body,
  )
}
