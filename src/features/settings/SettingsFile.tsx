import { Button } from '@mantine/core'
import { useState } from 'react'
import { epochMs } from '#domain/units.ts'
import { type ImportEntry, type ImportPlan, importPlan } from '#sources/config/importPlan.ts'
import {
  readSettingsFile,
  settingsFileName,
  settingsFileText,
} from '#sources/config/settingsFile.ts'
import type { OrganisationConfig } from '#sources/config/tidemarkConfig.ts'
import { FilePick } from '#ui/controls/FilePick.tsx'
import { saveFile } from '#ui/controls/saveFile.ts'
import { ImportDialog } from './ImportDialog.tsx'
import { doneWords } from './importWords.ts'
import type { SettingsActions } from './settingsActions.ts'
import classes from './table.module.css'

type Props = {
  organisations: readonly OrganisationConfig[]
  onImport: SettingsActions['importSettings']
}

type Step =
  | { kind: 'nothing' }
  | { kind: 'problem'; problem: string }
  | { kind: 'asks'; fileName: string; plan: ImportPlan }
  | { kind: 'done'; words: string; undo: () => Promise<void> }

/** The settings of all organisations as a file, out of this browser and into it. */
export function SettingsFile({ organisations, onImport }: Props) {
  const [step, setStep] = useState<Step>({ kind: 'nothing' })

  function save() {
    const text = settingsFileText(organisations)
    if (!text.ok) return setStep({ kind: 'problem', problem: `${text.problem}.` })
    saveFile(settingsFileName(epochMs(Date.now())), [text.value], 'application/json')
  }

  async function read([file]: readonly File[]) {
    if (!file) return
    const reading = await readSettingsFile(file).catch((error: unknown) => ({
      ok: false as const,
      problem: `${file.name} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
    }))
    setStep(
      reading.ok
        ? { kind: 'asks', fileName: file.name, plan: importPlan(organisations, reading.value) }
        : { kind: 'problem', problem: reading.problem },
    )
  }

  async function take(chosen: readonly ImportEntry[]) {
    setStep({ kind: 'nothing' })
    const undo = await onImport(chosen.map(({ organisation }) => organisation))
    setStep({ kind: 'done', words: doneWords(chosen), undo })
  }

  return (
    <div className={classes.file}>
      <Button disabled={organisations.length === 0} onClick={save}>
        Export settings
      </Button>
      <FilePick label="Settings file" accept={['.json']} onFiles={(files) => void read(files)}>
        {(open) => <Button onClick={open}>Import settings…</Button>}
      </FilePick>
      <span role={step.kind === 'problem' ? 'alert' : 'status'}>
        {step.kind === 'problem' ? `Nothing was imported. ${step.problem}` : null}
        {step.kind === 'done' ? `Imported: ${step.words}.` : null}
      </span>
      {step.kind === 'done' ? (
        <Button
          size="xs"
          onClick={() => {
            setStep({ kind: 'nothing' })
            void step.undo()
          }}
        >
          Undo
        </Button>
      ) : null}
      {step.kind === 'asks' ? (
        <ImportDialog
          fileName={step.fileName}
          plan={step.plan}
          onAct={(chosen) => void take(chosen)}
          onGone={() => setStep({ kind: 'nothing' })}
        />
      ) : null}
    </div>
  )
}
