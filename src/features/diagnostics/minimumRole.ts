import { GRANT, PERMISSIONS, SCOPES } from '#sources/genesys/access.ts'

/** The minimum role and the OAuth client, as a text for whoever administers the organisation. */
export function minimumRole(): string {
  const line = ({ name, reason }: (typeof PERMISSIONS)[number]) => `- ${name}: ${reason}`
  const of = (isOptional: boolean) =>
    PERMISSIONS.filter((permission) => permission.isOptional === isOptional).map(line)
  return [
    'Minimum role for Tidemark, in all divisions (counts leave out divisions that the role cannot see):',
    ...of(false),
    '',
    'Optional:',
    ...of(true),
    '',
    `OAuth client, grant ${GRANT}, scopes:`,
    ...SCOPES.map((scope) => `- ${scope}`),
    '',
  ].join('\n')
}
