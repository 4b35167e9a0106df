import type { ErrorEvent } from '#domain/errors/errorEvent.ts'

/** An error event as it is stored: those of before places were told have none. */
export type StoredErrorEvent = Omit<ErrorEvent, 'place'> & Partial<Pick<ErrorEvent, 'place'>>

export const errorFromStore = (event: StoredErrorEvent): ErrorEvent => ({
  ...event,
  place: event.place ?? 'unknown',
})
