/** Settings whose organisations each have these members, too. What is no organisation is left as it is. */
export const withMembers = (
  { organisations, ...rest }: Record<string, unknown>,
  members: Readonly<Record<string, unknown>>,
): Record<string, unknown> => ({
  ...rest,
  organisations: Array.isArray(organisations)
    ? organisations.map((organisation: unknown) =>
        isRecord(organisation) ? { ...organisation, ...members } : organisation,
      )
    : organisations,
})

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
