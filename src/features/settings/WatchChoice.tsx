import { NativeSelect } from '@mantine/core'
import { useWatchingAll, watchAll } from '#state/preferences.ts'
import classes from './fields.module.css'

const CHOICES = [
  { value: 'all', label: 'All that can be, one after another' },
  { value: 'opened', label: 'Only those that were opened in it' },
]

/** How many organisations one tab watches. */
export function WatchChoice() {
  const isWatchingAll = useWatchingAll()
  return (
    <div className={classes.watch}>
      <NativeSelect
        label="A tab watches"
        description="Each one that is watched is asked all the time, which keeps its user’s session alive."
        data={CHOICES}
        value={isWatchingAll ? 'all' : 'opened'}
        onChange={({ currentTarget: { value } }) => watchAll(value === 'all')}
      />
    </div>
  )
}
