import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import classes from './FileDrop.module.css'

type Props = {
  /** Files were dropped: read them at once, what was dropped is out of reach later. */
  onDrop: (dropped: DataTransfer) => void
  /** Said while something is held over the screen. */
  words: string
  className?: string | undefined
  children: ReactNode
}

const carriesFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files')

/** The main part of a screen that takes a file dropped anywhere on it, and says so while one is over it. */
export function FileDrop({ onDrop, words, className, children }: Props) {
  const [isOver, setIsOver] = useState(false)
  // Enter and leave come in pairs for every element that is crossed.
  const depth = useRef(0)
  const move = (by: number) => {
    depth.current = Math.max(0, depth.current + by)
    setIsOver(depth.current > 0)
  }
  return (
    <main
      className={className}
      onDragEnter={(event) => {
        if (!carriesFiles(event)) return
        event.preventDefault()
        move(1)
      }}
      onDragOver={(event) => {
        if (carriesFiles(event)) event.preventDefault()
      }}
      onDragLeave={(event) => {
        if (carriesFiles(event)) move(-1)
      }}
      onDrop={(event) => {
        if (!carriesFiles(event)) return
        event.preventDefault()
        move(-depth.current)
        onDrop(event.dataTransfer)
      }}
    >
      {children}
      {isOver ? (
        <div className={classes.over}>
          <p>{words}</p>
        </div>
      ) : null}
    </main>
  )
}
