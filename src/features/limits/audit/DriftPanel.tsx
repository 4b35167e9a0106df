import { Button, NativeSelect } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { Audit } from '#domain/limits/audit/audit.ts'
import { fleetDrift } from '#domain/limits/audit/fleetDrift.ts'
import type { OrgId } from '#domain/units.ts'
import type { AuditStore } from '#sources/audits/auditStore.ts'
import { readAuditFile } from '#sources/audits/readAuditFile.ts'
import { FilePick } from '#ui/controls/FilePick.tsx'
import classes from './audit.module.css'
import { DriftFindings } from './DriftFindings.tsx'
import { MissingAudit } from './MissingAudit.tsx'
import { type Audited, useNewestAudits } from './useNewestAudits.ts'

type Props = {
  /** The first is the one on the screen. */
  organisations: readonly Audited[]
  store: Pick<AuditStore, 'newest'>
}

const ALL = 'all'
const FILES = 'files'

/** In what organisations differ that should be equal, by their newest audits, or by files of audits. */
export function DriftPanel({ organisations, store }: Props) {
  const newest = useNewestAudits(store, organisations)
  const others = organisations.slice(1)
  const [wanted, setWanted] = useState<string>(others.length > 1 ? ALL : (others[0]?.id ?? FILES))
  const [files, setFiles] = useState<readonly Audit[]>([])
  const [problems, setProblems] = useState<readonly string[]>([])
  const compared = useMemo(() => {
    const [first, ...rest] = organisations
    const picked = rest.filter(({ id }) => wanted === ALL || id === wanted)
    const asked = first ? [first, ...picked] : []
    const read = newest.kind === 'read' ? newest.audits : new Map<OrgId, Audit>()
    const kept = asked.flatMap(({ id }) => read.get(id) ?? [])
    return {
      missing: newest.kind === 'read' ? asked.filter(({ id }) => !read.get(id)) : [],
      drift: fleetDrift(wanted === FILES ? [...kept, ...files] : kept),
    }
  }, [organisations, newest, wanted, files])

  async function open(picked: readonly File[]) {
    const all = await Promise.all(picked.map((file) => readAuditFile(file)))
    setProblems(all.flatMap((one) => (one.ok ? [] : [one.problem])))
    const audits = all.flatMap((one) => (one.ok ? [one.value] : []))
    if (audits.length === 0) return
    setFiles(audits)
    setWanted(FILES)
  }

  return (
    <section className={classes.pane} aria-labelledby="drift-heading">
      <h2 id="drift-heading" className={classes.title}>
        Compare organisations
      </h2>
      <div className={classes.with}>
        <NativeSelect
          aria-label="Compare with"
          data={[
            ...others.map(({ id, name }) => ({ value: id as string, label: `With ${name}` })),
            ...(others.length > 1
              ? [{ value: ALL, label: `With all ${others.length} others` }]
              : []),
            { value: FILES, label: 'With files of audits' },
          ]}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
        <FilePick
          label="Files of audits"
          accept={['.json']}
          onFiles={(picked) => void open(picked)}
        >
          {(choose) => (
            <Button size="xs" onClick={choose}>
              Compare with a file…
            </Button>
          )}
        </FilePick>
      </div>
      {problems.map((problem) => (
        <p key={problem} className={classes.problem} role="alert">
          {problem}
        </p>
      ))}
      {newest.kind === 'failed' ? (
        <p className={classes.problem} role="alert">
          Kept audits cannot be read: {newest.reason}. Audit again, or compare with files.
        </p>
      ) : null}
      {newest.kind === 'reading' ? <p className={classes.quiet}>Reading audits …</p> : null}
      {compared.missing.map((one) => (
        <MissingAudit key={one.id} organisation={one} />
      ))}
      {wanted === FILES && files.length === 0 ? (
        <p className={classes.empty}>Choose the JSON file of an audit to compare with.</p>
      ) : null}
      {compared.drift.audits.length > 1 ? <DriftFindings drift={compared.drift} /> : null}
    </section>
  )
}
