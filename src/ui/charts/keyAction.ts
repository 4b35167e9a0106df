/** What a key asks of the crosshair and the window. */
export type KeyAction =
  /** So many samples later; negative: earlier. */
  | { kind: 'step'; steps: number }
  | { kind: 'end'; end: 'first' | 'last' }
  | { kind: 'event'; direction: 1 | -1 }
  | { kind: 'pin' }
  | { kind: 'release' }
  | { kind: 'zoom'; factor: number }
  /** By a share of the window's length. */
  | { kind: 'pan'; share: number }

const ACTIONS: Readonly<Record<string, KeyAction>> = {
  Home: { kind: 'end', end: 'first' },
  End: { kind: 'end', end: 'last' },
  n: { kind: 'event', direction: 1 },
  p: { kind: 'event', direction: -1 },
  Enter: { kind: 'pin' },
  Escape: { kind: 'release' },
  '+': { kind: 'zoom', factor: 0.5 },
  '=': { kind: 'zoom', factor: 0.5 },
  '-': { kind: 'zoom', factor: 2 },
  PageUp: { kind: 'pan', share: -0.5 },
  PageDown: { kind: 'pan', share: 0.5 },
}

/** The action of a key; null for keys that mean nothing here, and for the browser's and system's own. */
export function keyAction(event: {
  key: string
  shiftKey: boolean
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
}): KeyAction | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null
  const steps = event.shiftKey ? 10 : 1
  if (event.key === 'ArrowRight') return { kind: 'step', steps }
  if (event.key === 'ArrowLeft') return { kind: 'step', steps: -steps }
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  return ACTIONS[key] ?? null
}
