import { Button, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './table.module.css'

type Props = {
  title: string
  /** What the button does: `Remove`. */
  act: string
  children: ReactNode
  onAct: () => void
  onGone: () => void
}

/** Asks before something that cannot be taken back. */
export const ConfirmDialog = ({ title, act, children, onAct, onGone }: Props) => (
  <Modal opened onClose={onGone} title={title} centered>
    <p>{children}</p>
    <div className={`${classes.acts} ${classes.below}`}>
      <Button onClick={onGone}>Cancel</Button>
      <Button variant="filled" onClick={onAct}>
        {act}
      </Button>
    </div>
  </Modal>
)
