import { Modal } from '@mantine/core'
import { Kbd } from '#ui/controls/Kbd.tsx'
import classes from './HelpDialog.module.css'

const KEYS: readonly (readonly [keys: readonly string[], what: string])[] = [
  [['Space'], 'Pause the charts and the table, go on'],
  [['L'], 'Back to live'],
  [['1', '…', '6'], 'Window of 5 minutes … 24 hours'],
  [['M'], 'Mark a run, or an iteration of the run'],
  [['←', '→'], 'Crosshair one sample back, on; with Shift ten'],
  [['Home', 'End'], 'Crosshair to the start, to the end'],
  [['N', 'P'], 'Crosshair to the next, to the previous event'],
  [['Enter'], 'Pin the crosshair; in the table: open the row'],
  [['Esc'], 'Release the crosshair; close the evidence'],
  [['E'], 'Open the evidence, close it'],
  [['+', '−'], 'Zoom in, out'],
  [['Page Up', 'Page Down'], 'Move the window back, on'],
  [['T'], 'The window as a table'],
  [['?'], 'This list'],
]

type Props = { isOpen: boolean; onClose: () => void }

/** What keys do on Live. */
export function HelpDialog({ isOpen, onClose }: Props) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Keys" size={480}>
      <dl className={classes.keys}>
        {KEYS.map(([keys, what]) => (
          <div key={what} className={classes.row}>
            <dt>{keys.map((key) => (key === '…' ? '…' : <Kbd key={key}>{key}</Kbd>))}</dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p className={classes.hint}>
        In a chart: move to read, click to pin, drag to zoom, wheel to zoom around the pointer,
        Shift and drag to move, double click to go back to live. While paused, tiles stay live and
        nothing is lost.
      </p>
    </Modal>
  )
}
