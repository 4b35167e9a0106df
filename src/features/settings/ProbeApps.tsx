import { Button } from '@mantine/core'
import { formatCount, formatDuration } from '#domain/format.ts'
import { elapsed, type EpochMs } from '#domain/units.ts'
import type { ProbesTold } from '#sources/probe/probesTold.ts'
import { CopyButton } from '#ui/controls/CopyButton.tsx'
import classes from './ProbeSettings.module.css'
import { recorderTag, sameOriginTag } from './probeTags.ts'
import table from './table.module.css'

type Props = {
  apps: readonly string[]
  feedUrl: string | null
  origin: string
  /** What this browser heard since it began to listen; null while it does not. */
  told: ProbesTold | null
  now: EpochMs
  onTakeOut: (app: string) => void
}

/** The apps that report: the tag of each, and what was heard of it. */
export function ProbeApps({ apps, feedUrl, origin, told, now, onTakeOut }: Props) {
  const heardOf = (name: string) => told?.apps.find(({ app }) => app === name) ?? null
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th>App</th>
          <th>Tag, before every other script of its pages</th>
          <th className={table.right}>Tabs here</th>
          <th className={table.right}>Reports taken</th>
          <th className={table.right}>Refused</th>
          <th className={table.right}>Last taken</th>
          <th>
            <span className="visually-hidden">Take out</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {apps.map((app) => {
          const heard = heardOf(app)
          return (
            <tr key={app}>
              <td className={table.name}>{app}</td>
              <td>
                <Tag what={`tag of ${app}`} text={sameOriginTag(app)} />
                <Tag
                  what={`tag of ${app} for the recorder`}
                  text={recorderTag(app, feedUrl, origin)}
                />
              </td>
              <td className={table.right}>{heard ? formatCount(heard.tabs) : '–'}</td>
              <td className={table.right}>{heard ? formatCount(heard.reports) : '–'}</td>
              <td className={table.right}>{heard ? formatCount(heard.refused) : '–'}</td>
              <td className={table.right}>{heard ? agoWords(heard.lastAtMs, now) : '–'}</td>
              <td>
                <div className={table.acts}>
                  <Button size="xs" aria-label={`Take out ${app}`} onClick={() => onTakeOut(app)}>
                    Take out
                  </Button>
                </div>
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

const agoWords = (at: EpochMs | null, now: EpochMs) =>
  at === null ? 'none yet' : `${formatDuration(Math.max(0, elapsed(at, now)))} ago`

type TagProps = { what: string; text: string | null }

function Tag({ what, text }: TagProps) {
  if (text === null) return null
  return (
    <div className={classes.tag}>
      <code className={table.code}>{text}</code>
      <CopyButton text={text} what={what} />
    </div>
  )
}
