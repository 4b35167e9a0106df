import { Button } from '@mantine/core'
import { Banner } from './Banner.tsx'
import classes from './ReadingBanner.module.css'

type Props = { name: string; bytes: number; totalBytes: number; onCancel: () => void }

/** A file that is being read: how far it is, and the way to call it off. */
export function ReadingBanner({ name, bytes, totalBytes, onCancel }: Props) {
  const percent = totalBytes > 0 ? Math.floor((bytes / totalBytes) * 100) : 0
  return (
    <Banner
      state="loading"
      actions={
        <Button size="xs" onClick={onCancel}>
          Cancel
        </Button>
      }
    >
      Reading {name}{' '}
      <progress
        className={classes.progress}
        max={100}
        value={percent}
        aria-label={`Reading ${name}`}
      />{' '}
      {percent} %
    </Banner>
  )
}
