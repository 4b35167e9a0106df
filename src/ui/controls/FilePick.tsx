import { type ReactNode, useId } from 'react'

type Props = {
  /** What the files are for, for assistive technology. */
  label: string
  /** Endings that are offered: `.jtl`. */
  accept: readonly string[]
  onFiles: (files: readonly File[]) => void
  /** What opens the choice. */
  children: (open: () => void) => ReactNode
}

/** Lets the user choose files, by whatever control stands inside. */
export function FilePick({ label, accept, onFiles, children }: Props) {
  const id = useId()
  return (
    <>
      {children(() => document.getElementById(id)?.click())}
      <input
        id={id}
        type="file"
        multiple
        hidden
        accept={accept.join(',')}
        aria-label={label}
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])])
          // The same file may be chosen again.
          currentTarget.value = ''
        }}
      />
    </>
  )
}
