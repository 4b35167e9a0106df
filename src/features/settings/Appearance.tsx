import { NativeSelect } from '@mantine/core'
import {
  chooseTheme,
  chooseZone,
  type ThemeChoice,
  useThemeChoice,
  useZoneChoice,
  zoneNameOf,
} from '#state/preferences.ts'
import { SegmentedChoice } from '#ui/controls/SegmentedChoice.tsx'
import classes from './fields.module.css'

const THEMES: readonly { value: ThemeChoice; label: string }[] = [
  { value: 'dark', label: 'Dark' },
  { value: 'light', label: 'Light' },
  { value: 'system', label: 'As the system' },
]

/** Theme and zone of clock times. */
export function Appearance() {
  const theme = useThemeChoice()
  const zone = useZoneChoice()
  return (
    <div className={classes.fields}>
      <div>
        <p className={classes.label}>Theme</p>
        <SegmentedChoice label="Theme" options={THEMES} value={theme} onChange={chooseTheme} />
      </div>
      <NativeSelect
        label="Zone of clock times"
        data={zoneChoices(zone)}
        value={zone}
        onChange={(event) => chooseZone(event.currentTarget.value)}
      />
    </div>
  )
}

/** Own zone and UTC first, then all that the browser knows; the one in force among them in any case. */
function zoneChoices(zone: string) {
  const known = Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC')
  const others =
    zone === 'local' || zone === 'UTC' || known.includes(zone) ? known : [zone, ...known]
  return [
    { value: 'local', label: `Of this machine: ${zoneNameOf('local')}` },
    { value: 'UTC', label: 'UTC' },
    ...others.map((name) => ({ value: name, label: name.replaceAll('_', ' ') })),
  ]
}
