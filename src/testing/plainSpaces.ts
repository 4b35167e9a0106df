/** Narrow no-break spaces as plain ones, to compare with. */
export const plainSpaces = (text: string) => text.replaceAll('\u202f', ' ')
