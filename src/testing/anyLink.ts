import fc from 'fast-check'
import { ERROR_CLASSES } from '#domain/errors/errorEvent.ts'
import { epochMs, metricId } from '#domain/units.ts'

/** Parts of what links hold, for properties of their way through an address. */
export const anyInstant = fc
  .integer({ min: Date.UTC(2020, 0), max: Date.UTC(2040, 0) })
  .map((value) => epochMs(value))
export const anyZone = fc.constantFrom(null, 'UTC', 'Europe/Berlin', 'America/Sao_Paulo')
export const anySeriesChoice = fc.option(
  fc.array(fc.string({ unit: 'binary', minLength: 1 }).filter(isEncodable).map(metricId), {
    minLength: 1,
  }),
)

export const anyClasses = fc.option(
  fc.uniqueArray(fc.constantFrom(...ERROR_CLASSES), { minLength: 1 }),
)

function isEncodable(text: string) {
  try {
    return encodeURIComponent(text) !== ''
  } catch {
    return false
  }
}
