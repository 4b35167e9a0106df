import { useCallback, useEffect, useRef, useState } from 'react'
import type { PartId } from '#domain/evidence/parts/evidencePart.ts'

export type EvidencePanel = {
  isOpen: boolean
  /** What was asked to be shown last; every request is a new object. Null: nobody asked, a link did. */
  wanted: { part: PartId | null } | null
  /** Opens the drawer, at a part if one is named, and moves the focus there. */
  open: (part?: PartId) => void
  /** Closes it; the focus goes back to where it came from. */
  close: () => void
  toggle: () => void
}

/** The button that opens the drawer. */
export const EVIDENCE_BUTTON = 'evidence-button'

/** Whether the evidence lies open beside the charts: part of the link, so that a colleague sees it too. */
export function useEvidencePanel(
  isOpen: boolean,
  onOpen: (isOpen: boolean) => void,
): EvidencePanel {
  const [wanted, setWanted] = useState<EvidencePanel['wanted']>(null)
  const cameFrom = useRef<Element | null>(null)
  const isReturning = useRef(false)
  const latest = useRef({ isOpen, onOpen })
  useEffect(() => {
    latest.current = { isOpen, onOpen }
  })
  // Once the drawer is gone: the button that opened it is drawn anew.
  useEffect(() => {
    if (isOpen || !isReturning.current) return
    isReturning.current = false
    const back = cameFrom.current
    const isThere = back instanceof HTMLElement && back !== document.body && back.isConnected
    const target = isThere ? back : document.getElementById(EVIDENCE_BUTTON)
    target?.focus()
  }, [isOpen])
  const open = useCallback((part: PartId | null = null) => {
    const known = latest.current
    setWanted({ part })
    if (known.isOpen) return
    cameFrom.current = document.activeElement
    known.onOpen(true)
  }, [])
  const close = useCallback(() => {
    setWanted(null)
    isReturning.current = true
    latest.current.onOpen(false)
  }, [])
  const toggle = useCallback(() => (isOpen ? close() : open()), [isOpen, open, close])
  return { isOpen, wanted, open, close, toggle }
}
