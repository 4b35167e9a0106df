import { type KeyHelp, KeysDialog } from '#ui/controls/KeysDialog.tsx'

const KEYS: readonly KeyHelp[] = [
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
export const HelpDialog = (props: Props) => (
  <KeysDialog {...props} keys={KEYS}>
    In a chart: move to read, click to pin, drag to zoom, wheel to zoom around the pointer, Shift
    and drag to move, double click to go back to live. While paused, tiles stay live and nothing is
    lost.
  </KeysDialog>
)
