import { NativeSelect, TextInput } from '@mantine/core'
import { REGIONS } from '#sources/genesys/regions.ts'
import { type ConnectDraft, OTHER } from './connectDraft.ts'

type Props = {
  draft: ConnectDraft
  onDraft: (part: Partial<ConnectDraft>) => void
  /** What is wrong with the typed address. */
  problem: string | null
  /** Of the field that appears for a typed address. */
  className?: string | undefined
}

const CHOICES = [
  ...REGIONS.map(({ place, domain }) => ({ value: domain, label: `${place}, ${domain}` })),
  { value: OTHER, label: 'Another domain, or an address of this machine' },
]

/** The choice of a region. */
export const RegionChoice = ({ draft, onDraft }: Pick<Props, 'draft' | 'onDraft'>) => (
  <NativeSelect
    label="Region"
    data={CHOICES}
    value={draft.region}
    onChange={(event) => onDraft({ region: event.currentTarget.value })}
  />
)

/** The address in the place of a region; nothing while a region is chosen. */
export function TypedAddress({ draft, onDraft, problem, className }: Props) {
  if (draft.region !== OTHER) return null
  return (
    <TextInput
      className={className ?? ''}
      label="Domain or address"
      placeholder="mypurecloud.de or 127.0.0.1:8787"
      autoComplete="off"
      spellCheck={false}
      value={draft.typed}
      error={problem}
      onChange={(event) => onDraft({ typed: event.currentTarget.value })}
    />
  )
}
