import type { OrgId } from '#domain/units.ts'
import { MonitorProvider } from '#state/MonitorProvider.tsx'
import { AlertSection } from './alerts/AlertSection.tsx'
import { Appearance } from './Appearance.tsx'
import { OrganisationList } from './OrganisationList.tsx'
import { Polling } from './Polling.tsx'
import { ProbeSettings } from './ProbeSettings.tsx'
import { PrometheusSettings } from './PrometheusSettings.tsx'
import { QueueSettings } from './QueueSettings.tsx'
import { Section } from '#ui/section/Section.tsx'
import classes from './SettingsScreen.module.css'
import { SettingsFile } from './SettingsFile.tsx'
import { SourceTable } from './SourceTable.tsx'
import { Storage } from './Storage.tsx'
import { ThresholdTable } from './ThresholdTable.tsx'
import { WatchChoice } from './WatchChoice.tsx'
import type { SettingsActions, SettingsOrganisation } from './settingsActions.ts'

type Props = {
  organisations: readonly SettingsOrganisation[]
  /** Whose metrics are shown: the organisation watched last. */
  currentId: OrgId | null
  /** The exact address the login page must send back to. */
  redirectUri: string
  actions: SettingsActions
}

/** Everything that can be set, and how each source is doing. */
export function SettingsScreen({ organisations, currentId, redirectUri, actions }: Props) {
  const current = organisations.find(({ config }) => config.id === currentId)
  const monitor = current?.monitor
  return (
    <main className={classes.screen}>
      <h1 className="visually-hidden">Settings</h1>
      <Section title="Organisations" intro="Kept in this browser, without any token.">
        <OrganisationList
          organisations={organisations}
          redirectUri={redirectUri}
          actions={actions}
        />
        <SettingsFile
          organisations={organisations.map(({ config }) => config)}
          onImport={actions.importSettings}
        />
        <WatchChoice />
      </Section>
      {current && monitor ? (
        <MonitorProvider monitor={monitor}>
          <Section title="Metrics" intro={`What ${current.organisation.name} is asked for.`}>
            <SourceTable
              config={current.config}
              onChange={(changes) => actions.change(current.config.id, changes)}
            />
          </Section>
          <Section
            title="Thresholds"
            intro="Shares of the limit from which a value is shown as warn and as critical."
          >
            <ThresholdTable
              config={current.config}
              onChange={(changes) => actions.change(current.config.id, changes)}
            />
          </Section>
          <Section title="Queues" intro="With series of their own, for the queue chart of Live.">
            <QueueSettings
              config={current.config}
              onRead={() => actions.readQueues(current.config.id)}
              onChange={(changes) => actions.change(current.config.id, changes)}
            />
          </Section>
          <Section title="Polling" intro={`How ${current.organisation.name} is asked.`}>
            <Polling
              config={current.config}
              onChange={(changes) => actions.change(current.config.id, changes)}
            />
          </Section>
        </MonitorProvider>
      ) : organisations.length > 0 ? (
        <Section title="Metrics" intro="What an organisation is asked for.">
          <p className={classes.empty}>
            Open an organisation above: its metrics, thresholds and polling are shown here while it
            is watched.
          </p>
        </Section>
      ) : null}
      {current ? <AlertSection known={current} actions={actions} /> : null}
      {current ? (
        <Section
          title="Prometheus"
          intro={`What a recorder had it keep of ${current.organisation.name}, and queries of your own.`}
        >
          <PrometheusSettings
            key={current.config.id}
            config={current.config}
            actions={actions}
            onChange={(changes) => actions.change(current.config.id, changes)}
          />
        </Section>
      ) : null}
      {current ? (
        <Section
          title="Connection probes"
          intro={`Pages that count what they open, for ${current.organisation.name}.`}
        >
          <ProbeSettings
            key={current.config.id}
            known={current}
            others={organisations.filter((one) => one !== current)}
            origin={new URL(redirectUri).origin}
            onChange={(changes) => actions.change(current.config.id, changes)}
          />
        </Section>
      ) : null}
      <Section title="Appearance" intro="Of this browser.">
        <Appearance />
      </Section>
      <Section title="Storage" intro="What this browser keeps.">
        <Storage organisations={organisations} onClear={actions.clearHistory} />
      </Section>
    </main>
  )
}
