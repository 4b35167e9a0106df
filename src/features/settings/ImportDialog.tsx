import { Button, Checkbox, Modal } from '@mantine/core'
import { useState } from 'react'
import type { OrgId } from '#domain/units.ts'
import type { ImportEntry, ImportPlan } from '#sources/config/importPlan.ts'
import { actWords, entryWords, twinWords } from './importWords.ts'
import classes from './table.module.css'

type Props = {
  fileName: string
  plan: ImportPlan
  onAct: (chosen: readonly ImportEntry[]) => void
  onGone: () => void
}

/** What a file of settings would do, organisation by organisation, before it does it. */
export function ImportDialog({ fileName, plan: { entries, leftAlone }, onAct, onGone }: Props) {
  // What is likely to be there twice is taken only by somebody who wants it so.
  const [chosen, setChosen] = useState<ReadonlySet<OrgId>>(
    () =>
      new Set(
        entries
          .filter(({ kind, twin }) => kind !== 'same' && (kind === 'replaced' || !twin))
          .map(({ organisation }) => organisation.id),
      ),
  )
  const taken = entries.filter(({ organisation }) => chosen.has(organisation.id))
  const toggle = (id: OrgId) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    setChosen(next)
  }
  return (
    <Modal opened onClose={onGone} title={`Import ${fileName}`} size="lg" centered>
      <p className={classes.words}>
        Tokens are in no file: sign in to each organisation here. Histories are left alone.
      </p>
      <ul className={classes.plan}>
        {entries.map((entry) => (
          <li key={entry.organisation.id}>
            <Entry
              entry={entry}
              isChosen={chosen.has(entry.organisation.id)}
              onToggle={() => toggle(entry.organisation.id)}
            />
          </li>
        ))}
      </ul>
      {entries.length === 0 ? <p>There is no organisation in this file.</p> : null}
      {leftAlone.length > 0 ? (
        <p className={classes.words}>
          Not in the file, left alone: {leftAlone.map(({ name }) => name).join(', ')}.
        </p>
      ) : null}
      <div className={`${classes.acts} ${classes.below}`}>
        <Button onClick={onGone}>Cancel</Button>
        <Button variant="filled" disabled={taken.length === 0} onClick={() => onAct(taken)}>
          {taken.length === 0 ? 'Nothing to import' : actWords(taken)}
        </Button>
      </div>
    </Modal>
  )
}

type EntryProps = { entry: ImportEntry; isChosen: boolean; onToggle: () => void }

/** What is the same already leaves nothing to choose. */
function Entry({ entry, isChosen, onToggle }: EntryProps) {
  const { name } = entry.organisation
  const words = [entryWords(entry), twinWords(entry)].filter(Boolean).join('. ')
  if (entry.kind === 'same')
    return (
      <p className={classes.same}>
        <b>{name}</b>
        <span>{words}</span>
      </p>
    )
  return (
    <Checkbox
      classNames={{
        input: classes.box!,
        label: classes.choice!,
        description: classes.choiceWords!,
      }}
      color="var(--water)"
      iconColor="var(--bg)"
      label={name}
      description={words}
      checked={isChosen}
      onChange={onToggle}
    />
  )
}
