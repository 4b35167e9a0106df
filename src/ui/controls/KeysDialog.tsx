import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { Kbd } from './Kbd.tsx'
import classes from './KeysDialog.module.css'

/** Keys, and what they do. `…` stands between the first and the last of several. */
export type KeyHelp = readonly [keys: readonly string[], what: string]

type Props = {
  isOpen: boolean
  onClose: () => void
  keys: readonly KeyHelp[]
  /** What a pointer does. */
  children: ReactNode
}

/** What keys do on a screen. */
export const KeysDialog = ({ isOpen, onClose, keys, children }: Props) => (
  <Modal opened={isOpen} onClose={onClose} title="Keys" size={480}>
    <dl className={classes.keys}>
      {keys.map(([names, what]) => (
        <div key={what} className={classes.row}>
          <dt>{names.map((name) => (name === '…' ? '…' : <Kbd key={name}>{name}</Kbd>))}</dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
    <p className={classes.hint}>{children}</p>
  </Modal>
)
