import type { ReactNode } from 'react'
import type { Finding } from './findings.ts'
import classes from './FindingsLine.module.css'

type Props = { findings: readonly Finding[]; onOpen: (part: Finding['part']) => void }

/** Floors that rise; attempts that come again and again; a wall that was raised. */
const SHAPES: Readonly<Record<Finding['part'], ReactNode>> = {
  leak: <path d="M.5 10.5h3M4.5 6.5h3M8.5 2.5h3" />,
  storm: <path d="M1 6a5 5 0 0 1 9-3M11 6a5 5 0 0 1-9 3M10.5.5V3H8M1.5 11.5V9H4" />,
  raise: <path d="M.5 10H6V3h5.5" stroke="var(--limit)" strokeDasharray="3 1.5" />,
}

/** What was found beside the verdict, in one slim line; each opens the evidence there. Stays while it is true. */
export function FindingsLine({ findings, onOpen }: Props) {
  if (findings.length === 0) return null
  const isAlone = findings.length === 1
  return (
    <ul className={classes.findings} aria-label="Findings">
      {findings.map(({ part, title, sentence, brief }) => (
        <li key={part} className={classes.item}>
          <button type="button" className={classes.finding} onClick={() => onOpen(part)}>
            <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
              <g fill="none" stroke="var(--ink2)" strokeWidth="1.5">
                {SHAPES[part]}
              </g>
            </svg>
            <span>
              <b>{title}</b> {isAlone ? sentence : brief}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
