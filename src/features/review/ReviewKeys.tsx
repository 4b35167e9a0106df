import { type KeyHelp, KeysDialog } from '#ui/controls/KeysDialog.tsx'

const KEYS: readonly KeyHelp[] = [
  [['A'], 'Add a note at the crosshair'],
  [['E'], 'Open the evidence, close it'],
  [['←', '→'], 'Crosshair one sample back, on; with Shift ten'],
  [['Home', 'End'], 'Crosshair to the start, to the end'],
  [['N', 'P'], 'Crosshair to the next, to the previous error'],
  [['Enter'], 'Pin the crosshair; in a note: add it'],
  [['Esc'], 'Release the crosshair; close the evidence'],
  [['+', '−'], 'Zoom in, out'],
  [['Page Up', 'Page Down'], 'Move what is shown back, on'],
  [['?'], 'This list'],
]

type Props = { isOpen: boolean; onClose: () => void }

/** What keys do on Review. */
export const ReviewKeys = (props: Props) => (
  <KeysDialog {...props} keys={KEYS}>
    In a chart: move to read, click to pin, drag to zoom, wheel to zoom around the pointer, Shift
    and drag to move, double click to see the whole window. On the track of a clock: arrow keys move
    it by half a second. On the days of the history: arrow keys choose an hour or a day, Shift a
    stretch, Enter shows it.
  </KeysDialog>
)
