import type { OrganisationConfig } from '#sources/config/tidemarkConfig.ts'
import { MonitorProvider } from '#state/MonitorProvider.tsx'
import { useOrgFacts } from '#state/useOrgFacts.ts'
import { Section } from '#ui/section/Section.tsx'
import type { SettingsActions, SettingsOrganisation } from '../settingsActions.ts'
import { AlertSettings } from './AlertSettings.tsx'
import type { WindowLinks } from './triedWords.ts'

type Props = {
  known: SettingsOrganisation
  actions: Pick<SettingsActions, 'change' | 'showWindow' | 'windowHref'>
}

/** The rules of the organisation that is watched, or was chosen last. */
export function AlertSection({ known, actions }: Props) {
  const { config, organisation, monitor, backtest = null } = known
  const { id } = config
  const shared = {
    config,
    organisation: organisation.name,
    links: {
      hrefOf: (window) => actions.windowHref(id, window),
      show: (window) => actions.showWindow(id, window),
    } satisfies WindowLinks,
    onChange: (changes: Pick<OrganisationConfig, 'alertRules'>) => actions.change(id, changes),
  }
  return (
    <Section
      title="Alerts"
      intro={`What ${organisation.name} is judged by. How this browser tells of it is chosen on Live.`}
    >
      {monitor ? (
        <MonitorProvider monitor={monitor}>
          <Watched key={id} {...shared} desk={backtest} />
        </MonitorProvider>
      ) : (
        <AlertSettings key={id} {...shared} metrics={[]} desk={null} />
      )}
    </Section>
  )
}

const Watched = (props: Omit<React.ComponentProps<typeof AlertSettings>, 'metrics'>) => (
  <AlertSettings {...props} metrics={useOrgFacts().metrics} />
)
