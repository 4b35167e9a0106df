import { Button } from '@mantine/core'
import { Banner } from '#ui/notes/Banner.tsx'
import { useState } from 'react'

/** What a browser keeps from a page that came by plain http from another machine, as far as Tidemark uses it. */
const WITHHELD = [
  'signing in',
  'the simulation',
  'one tab asking for all',
  'following a growing file',
  'copying by a button',
]

/** Over plain http, off loopback, some things cannot work: said once a page, with the remedy. */
export function WithheldNotice({ isSecure }: { isSecure: boolean }) {
  const [isGone, setIsGone] = useState(false)
  if (isSecure || isGone) return null
  return (
    <Banner state="off" actions={<Button onClick={() => setIsGone(true)}>Dismiss</Button>}>
      This page came over plain http, so the browser withholds {WITHHELD.slice(0, -1).join(', ')}{' '}
      and {WITHHELD.at(-1)}. Serve it over https: <code>tidemark serve --cert FILE --key FILE</code>
      , or a reverse proxy.
    </Banner>
  )
}
