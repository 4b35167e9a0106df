import { Checkbox, NativeSelect, TextInput } from '@mantine/core'
import type { Organisation } from '#domain/organisation.ts'
import type { PixelSize } from '#domain/wall/legibility.ts'
import { MOST_TILES } from '#domain/wall/wallLayout.ts'
import { type WallSearch, type WallTheme, wallSetUpOf } from '#state/link/wallLink.ts'
import { SegmentedChoice } from '#ui/controls/SegmentedChoice.tsx'
import classes from './WallSetUp.module.css'

type Props = {
  /** As it stands in the address. */
  draft: WallSearch
  organisations: readonly Organisation[]
  whole: PixelSize
  ownZone: string
  onChange: (changed: WallSearch) => void
}

const THEMES: readonly { value: WallTheme; label: string }[] = [
  { value: 'dark', label: 'Dark' },
  { value: 'light', label: 'Light' },
]
const DWELLS = ['10s', '20s', '30s', '1m', '2m', '5m']
const TILES = [
  { value: '', label: 'As many as can be read' },
  ...Array.from({ length: MOST_TILES }, (_, i) => ({ value: `${i + 1}`, label: `${i + 1}` })),
]
const MACHINE = ''

/** What a field takes, said where it holds something else. */
const TAKES = {
  diagonal: 'Inches, 5 to 300',
  distance: 'Metres, 0.5 to 50',
  resolution: 'Width and height in pixels: 1920x1080',
  night: 'Full hours: 22-6',
  name: 'At most 60 characters',
} as const

/** The fields of a wall's set-up, all of them reached and filled with the keyboard alone. */
export function WallFields({ draft, organisations, whole, ownZone, onChange }: Props) {
  const errorOf = (name: keyof typeof TAKES) =>
    wallSetUpOf({ [name]: draft[name] }).notices.length > 0 ? TAKES[name] : undefined
  const text = (name: keyof typeof TAKES) => ({
    value: draft[name] ?? '',
    error: errorOf(name),
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange({ [name]: event.currentTarget.value.trim() }),
  })
  return (
    <div className={classes.fields}>
      <TextInput label="Diagonal of the screen, inches" inputMode="decimal" {...text('diagonal')} />
      <TextInput
        label="Distance of the furthest reader, metres"
        inputMode="decimal"
        {...text('distance')}
      />
      <TextInput
        label="Resolution"
        description="Empty: that of this screen"
        placeholder={`${whole.width}x${whole.height}`}
        {...text('resolution')}
      />
      <NativeSelect
        label="Tiles at once"
        description="More organisations take turns; a critical one never leaves"
        data={TILES}
        value={draft.tiles ?? ''}
        onChange={(event) => onChange({ tiles: event.currentTarget.value })}
      />
      <NativeSelect
        label="A turn lasts"
        data={DWELLS.map((value) => ({ value, label: value.replace(/(\d+)([sm])/, turnWords) }))}
        value={draft.dwell ?? '20s'}
        onChange={(event) => onChange({ dwell: event.currentTarget.value })}
      />
      <NativeSelect
        label="Zone of the clock"
        data={zoneChoices(ownZone, draft.zone)}
        value={draft.zone ?? MACHINE}
        onChange={(event) => onChange({ zone: event.currentTarget.value })}
      />
      <TextInput
        label="Night, from one hour to another"
        description="Two fifths of the light; empty: none"
        placeholder="22-6"
        {...text('night')}
      />
      <div>
        <p className={classes.label}>Theme</p>
        <SegmentedChoice
          label="Theme"
          options={THEMES}
          value={draft.theme === 'light' ? 'light' : 'dark'}
          onChange={(theme) => onChange({ theme })}
        />
      </div>
      <Checkbox
        label="Sound when something becomes critical or warns"
        checked={draft.sound === 'on'}
        onChange={(event) => onChange({ sound: event.currentTarget.checked ? 'on' : 'off' })}
      />
      <Organisations draft={draft} organisations={organisations} onChange={onChange} />
      <TextInput
        label="Name of this wall"
        description="Its server tells when it goes dark"
        placeholder="NOC left"
        {...text('name')}
        onChange={({ currentTarget }) => onChange({ name: currentTarget.value })}
      />
    </div>
  )
}

const turnWords = (_: string, count: string, unit: string) =>
  `${count}\u202f${unit === 's' ? 's' : 'min'}`

const zoneChoices = (own: string, chosen: string | undefined) => [
  { value: MACHINE, label: `That of the machine (here ${own})` },
  ...[...new Set(['UTC', ...(chosen ? [chosen] : []), ...Intl.supportedValuesOf('timeZone')])].map(
    (zone) => ({ value: zone, label: zone }),
  ),
]

type OrganisationsProps = Pick<Props, 'draft' | 'organisations' | 'onChange'>

/** All of them, also those that are added later; or those that are ticked. */
function Organisations({ draft, organisations, onChange }: OrganisationsProps) {
  const { organisations: chosen } = wallSetUpOf({ organisations: draft.organisations }).setUp
  if (organisations.length === 0)
    return (
      <p className={classes.small}>
        No organisation is known here yet. A kiosk reads those of a recorder with a display key at
        the end of the address: #key=…
      </p>
    )
  const choose = (ids: readonly string[]) =>
    onChange({
      organisations:
        ids.length === organisations.length ? '' : ids.map(encodeURIComponent).join(','),
    })
  const isChosen = (id: string) => chosen?.some((one) => one === id) ?? true
  return (
    <fieldset className={classes.group}>
      <legend>Organisations</legend>
      {organisations.map(({ id, name }) => (
        <Checkbox
          key={id}
          label={name}
          checked={isChosen(id)}
          // One has to be left: an empty choice means all of them.
          disabled={isChosen(id) && chosen?.length === 1}
          onChange={(event) => {
            const isWanted = event.currentTarget.checked
            choose(
              organisations
                .map((one) => one.id)
                .filter((one) => (one === id ? isWanted : isChosen(one))),
            )
          }}
        />
      ))}
    </fieldset>
  )
}
