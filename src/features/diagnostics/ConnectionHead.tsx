import { useQuery } from '@tanstack/react-query'
import type { Connection } from '#sources/genesys/connection.ts'
import type { TokenInfo } from '#sources/genesys/probes/tokenInfo.ts'
import { useMonitor } from '#state/MonitorProvider.tsx'
import { useZone } from '#state/preferences.ts'
import { tokenInfoQuery } from '#state/queries/tokenInfo.ts'
import { useNow } from '#state/useNow.ts'
import { useOrgFacts } from '#state/useOrgFacts.ts'
import { connectionFacts } from './connectionFacts.ts'
import classes from './Diagnostics.module.css'

type Props = { connection: Connection }

/** Region, sign-in, clocks, scopes: a list of what is known without a probe. */
export function ConnectionHead({ connection }: Props) {
  const monitor = useMonitor()
  const facts = useOrgFacts()
  const now = useNow(monitor.now, 1_000)
  const zone = useZone()
  const token = useQuery(tokenInfoQuery(monitor, connection, facts.session))
  const known = connectionFacts({ facts, clientId: connection.clientId, now, zone })
  return (
    <dl className={classes.facts}>
      {known.map(({ name, words }) => (
        <div key={name} className={classes.fact}>
          <dt>{name}</dt>
          <dd>{words}</dd>
        </div>
      ))}
      <div className={classes.fact}>
        <dt>Scopes</dt>
        <dd>{scopeWords(token.data, token.error, facts.session.kind === 'signedIn')}</dd>
      </div>
    </dl>
  )
}

function scopeWords(info: TokenInfo | undefined, error: Error | null, isSignedIn: boolean) {
  if (!isSignedIn) return 'not known while nobody is signed in'
  if (error) return `cannot be read: ${error.message}`
  if (!info) return 'being read…'
  if (info.scopes.length === 0)
    return 'the token names none; where the organisation enforces scopes, calls without theirs are refused'
  const missing = info.missing.length > 0 ? `; of Tidemark’s list not granted: ` : ''
  return (
    <>
      <code className={classes.code}>{info.scopes.join(' ')}</code>
      {missing}
      {missing ? <code className={classes.code}>{info.missing.join(' ')}</code> : null}
    </>
  )
}
