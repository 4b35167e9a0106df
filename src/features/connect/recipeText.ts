import { GRANT, PERMISSIONS, SCOPES } from '#sources/genesys/access.ts'

/** What an administrator has to make for Tidemark, as a message that can be handed on. */
export const recipeText = (redirectUri: string): string =>
  [
    'Tidemark watches how full an organisation is. It only reads, and asks for no secret.',
    '',
    'OAuth client (Admin, Integrations, OAuth, Add client)',
    `Grant: ${GRANT}`,
    `Redirect address, exactly so: ${redirectUri}`,
    'Scopes:',
    ...SCOPES.map((scope) => `- ${scope}`),
    '',
    'A role of the user who signs in, for all divisions:',
    ...PERMISSIONS.map(
      ({ name, reason, isOptional }) => `- ${name} (${reason}${isOptional ? ', optional' : ''})`,
    ),
    '',
  ].join('\n')
