import { type EpochMs, epochMs } from '#domain/units.ts'
import type { OrganisationConfig } from '#sources/config/tidemarkConfig.ts'
import { refusedReports } from '#state/refusedReports.ts'
import { useNow } from '#state/useNow.ts'
import { ProbeAppForm } from './ProbeAppForm.tsx'
import { ProbeApps } from './ProbeApps.tsx'
import classes from './ProbeSettings.module.css'
import type { SettingsOrganisation } from './settingsActions.ts'

type Props = {
  known: Pick<SettingsOrganisation, 'config' | 'probes'>
  /** An app reports for one organisation only. */
  others: readonly Pick<SettingsOrganisation, 'config' | 'organisation'>[]
  /** Where this page is served from. */
  origin: string
  onChange: (changes: Pick<OrganisationConfig, 'probeApps'>) => Promise<void>
}

/** Which apps report for the organisation, the tag that makes them, and what was heard of each. */
export function ProbeSettings({ known, others, origin, onChange }: Props) {
  const { config, probes = null } = known
  const now = useNow(probes?.now ?? pageNow, 1_000)
  const told = probes?.told() ?? null
  const apps = config.probeApps
  const ownerOf = (app: string) =>
    others.find((other) => other.config.probeApps.includes(app))?.organisation.name ?? null
  return (
    <div className={classes.probes}>
      {apps.length > 0 ? (
        <ProbeApps
          apps={apps}
          feedUrl={config.feed?.url ?? null}
          origin={origin}
          told={told}
          now={now}
          onTakeOut={(app) => void onChange({ probeApps: apps.filter((one) => one !== app) })}
        />
      ) : null}
      <p>
        {apps.length === 0
          ? `No app is named. Pages of ${origin} with the probe’s tag report to this browser while it watches the organisation; pages of other origins report to a recorder.`
          : told
            ? (refusedReports(told.refused, now) ?? 'No report was refused.')
            : 'Nothing is heard while the organisation is not watched.'}
      </p>
      <ProbeAppForm
        apps={apps}
        ownerOf={ownerOf}
        onAdd={(app) => onChange({ probeApps: [...apps, app] })}
      />
    </div>
  )
}

const pageNow = (): EpochMs => epochMs(Date.now())
