import * as z from 'zod/mini'
import { epochMs } from '#domain/units.ts'

/** An instant as the API writes it: ISO 8601 with a zone. Anything that is no time is refused. */
export const instantShape = () => timeShape((text) => text)

/** The start of an interval as the API writes it: two instants with a slash between them. */
export const intervalStartShape = () => timeShape((text) => text.split('/')[0] ?? '')

/** The end of such an interval. */
export const intervalEndShape = () => timeShape((text) => text.split('/')[1] ?? '')

const timeShape = (instantIn: (text: string) => string) =>
  z.pipe(
    z.string().check(z.refine((text) => !Number.isNaN(Date.parse(instantIn(text))))),
    z.transform((text) => epochMs(Date.parse(instantIn(text)))),
  )
