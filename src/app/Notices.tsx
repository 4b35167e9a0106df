import { Button } from '@mantine/core'
import { Banner } from '#ui/notes/Banner.tsx'
import { useWorkspaceState } from './useWorkspaceState.ts'
import { WithheldNotice } from './WithheldNotice.tsx'
import type { Workspace } from './workspace.ts'

type Props = { workspace: Workspace; blockedOrigins: readonly string[] }

/** What concerns every screen and would otherwise go unsaid. */
export function Notices({ workspace, blockedOrigins }: Props) {
  const { notices } = useWorkspaceState(workspace)
  return (
    <>
      <WithheldNotice isSecure={isSecureContext} />
      {blockedOrigins.map((origin) => (
        <Banner key={origin} state="off">
          {origin} is blocked by this page’s policy; start with{' '}
          <code>tidemark serve --connect {origin}</code>.
        </Banner>
      ))}
      {notices.map((notice) => (
        <Banner
          key={notice}
          state="unknown"
          actions={<Button onClick={() => workspace.dismiss(notice)}>Dismiss</Button>}
        >
          {notice}
        </Banner>
      ))}
    </>
  )
}
