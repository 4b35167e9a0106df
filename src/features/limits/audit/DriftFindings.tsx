import { Button, Checkbox, Modal } from '@mantine/core'
import { useState } from 'react'
import { formatCount } from '#domain/format.ts'
import type { ComparedGroup } from '#domain/limits/audit/comparedValue.ts'
import { comparedWords, GROUP_WORDS } from '#domain/limits/audit/comparedWords.ts'
import { DRIFT_GROUPS, type Drift, type DriftRow } from '#domain/limits/audit/fleetDrift.ts'
import { dayAndClock } from '#domain/timeline/dayAndClock.ts'
import { auditDriftCsv } from '#sources/exports/auditDriftCsv.ts'
import { useZone } from '#state/preferences.ts'
import { CopyButton } from '#ui/controls/CopyButton.tsx'
import { saveFile } from '#ui/controls/saveFile.ts'
import classes from './audit.module.css'
import { DriftTable } from './DriftTable.tsx'
import { Uncompared } from './Uncompared.tsx'

/** More columns than this have no room beside the table of limits. */
const MOST_BESIDE = 2

/** In what audits differ, by what is compared. */
export function DriftFindings({ drift }: { drift: Drift }) {
  const zone = useZone()
  const [group, setGroup] = useState<ComparedGroup>('values')
  const [isFull, setIsFull] = useState(false)
  const [isWide, setIsWide] = useState(false)
  const { audits } = drift
  const countOf = (one: ComparedGroup) => drift.rows.filter((row) => row.group === one).length
  const rows = drift.rows.filter((row) => row.group === group)
  const title = titleOf(drift)
  const differing = countOf('values')
  const table = <DriftTable caption={title} audits={audits} rows={rows} isFull={isFull} />
  return (
    <>
      <h3 className={classes.part}>{title}</h3>
      <p role="status">
        {formatCount(differing)} of {formatCount(drift.compared)}{' '}
        {drift.compared === 1 ? 'limit differs' : 'limits differ'}.
      </p>
      <p className={classes.quiet}>
        Audits of {audits.map(({ takenAt }) => dayAndClock(takenAt, zone)).join(', ')}.
      </p>
      <div className={classes.chips} role="group" aria-label="What is compared">
        {DRIFT_GROUPS.map((one) => (
          <button
            key={one}
            type="button"
            className={classes.chip}
            aria-pressed={one === group}
            onClick={() => setGroup(one)}
          >
            {GROUP_WORDS[one]} <b>{formatCount(countOf(one))}</b>
          </button>
        ))}
      </div>
      {rows.length === 0 ? (
        <p className={classes.empty}>None of the {GROUP_WORDS[group].toLowerCase()} differ.</p>
      ) : (
        <>
          <Checkbox
            size="xs"
            label="Show namespaces"
            checked={isFull}
            onChange={(event) => setIsFull(event.currentTarget.checked)}
          />
          {table}
        </>
      )}
      <Uncompared rows={drift.uncompared.filter((row) => row.group === group)} />
      <p className={classes.acts}>
        <CopyButton what="what differs" label="Copy" text={() => textOf(drift, drift.rows)} />
        <Button
          size="xs"
          onClick={() => saveFile('limits-compared.csv', [auditDriftCsv(drift)], 'text/csv')}
        >
          CSV file
        </Button>
        {audits.length > MOST_BESIDE && rows.length > 0 ? (
          <Button size="xs" onClick={() => setIsWide(true)}>
            Show it large
          </Button>
        ) : null}
      </p>
      {isWide ? (
        <Modal opened onClose={() => setIsWide(false)} title={title} size="90vw" centered>
          {table}
        </Modal>
      ) : null}
    </>
  )
}

const titleOf = ({ audits }: Drift) =>
  audits.length > MOST_BESIDE
    ? `${audits.length} organisations`
    : audits.map(({ name }) => name).join(' and ')

/** A table that a ticket or a spreadsheet takes. */
const textOf = ({ audits }: Drift, rows: readonly DriftRow[]) =>
  [
    ['Compared', 'Namespace', 'Limit', ...audits.map(({ name }) => name)],
    ...rows.map(({ group, namespace, name, values }) => [
      GROUP_WORDS[group],
      namespace ?? '',
      name,
      ...values.map(comparedWords),
    ]),
  ]
    .map((cells) => cells.join('\t'))
    .join('\n')
