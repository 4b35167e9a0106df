import { formatCount, formatDuration } from '#domain/format.ts'
import type { ProbeFinding } from '#sources/probe/findingRows.ts'
import classes from './LeftOpen.module.css'
import { byKind, isSurelyLeft, KIND_WORDS } from './leftOpenWords.ts'

type Props = {
  findings: readonly ProbeFinding[]
  labelledBy: string
  /** No newer ones could be read. */
  isStale: boolean
}

/** Every place that opened something that looks forgotten, by kind; most in one document first. */
export function LeftOpenTable({ findings, labelledBy, isStale }: Props) {
  return (
    // What scrolls must be reached by keyboard.
    <div className={classes.scroll} role="group" aria-labelledby={labelledBy} tabIndex={0}>
      <table className={classes.table} aria-labelledby={labelledBy} data-stale={isStale}>
        <thead>
          <tr>
            <th>Opened at</th>
            <th>Page</th>
            <th>App</th>
            <th className={classes.number}>Tabs</th>
            <th className={classes.number}>Open</th>
            <th className={classes.number}>Most in one document</th>
            <th className={classes.number}>For</th>
          </tr>
        </thead>
        {byKind(findings).map(({ kind, rows }) => (
          <tbody key={kind}>
            <tr>
              <th className={classes.kind} colSpan={7} scope="rowgroup">
                <b>{KIND_WORDS[kind].title}</b> {KIND_WORDS[kind].suspect} {KIND_WORDS[kind].excuse}
              </th>
            </tr>
            {rows.map((finding) => (
              <tr key={`${finding.app} ${finding.page} ${finding.place}`}>
                <td className={classes.place}>
                  {finding.place === '' ? 'a line that is not known' : finding.place}
                </td>
                <td className={classes.path}>{finding.page}</td>
                <td>{finding.app}</td>
                <td className={classes.number}>{formatCount(finding.tabs)}</td>
                <td className={classes.number}>{formatCount(finding.count)}</td>
                <td className={classes.number}>
                  {isSurelyLeft(finding) ? (
                    <b>a leak: {formatCount(finding.mostInOne)}</b>
                  ) : (
                    formatCount(finding.mostInOne)
                  )}
                </td>
                <td className={classes.number}>{formatDuration(finding.oldestMs)}</td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  )
}
