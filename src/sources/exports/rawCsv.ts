import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import type { Incident } from '#domain/incident/incident.ts'
import { limitsOf } from '#domain/incident/incidentEvidence.ts'
import { limitAt } from '#domain/metrics/limitSteps.ts'
import { epochMs } from '#domain/units.ts'
import { type CsvCell, csvRecord } from './csvCell.ts'
import { isoText } from './words/incidentWords.ts'

/** Pieces are about this long: few enough to be quick, short enough for a phone. */
const PIECE_CHARS = 65_536

/**
 * Every sample as it was measured, not as charts draw it, metric by metric, oldest first, with the
 * limit in force then. An empty value is a gap, an empty limit one that was not known. Memory does not
 * grow with the incident.
 */
export const samplesCsv = (incident: Incident): Generator<string> => inPieces(sampleRows(incident))

/** Every failure with all that is known of it, oldest first. */
export const errorsCsv = (incident: Incident): Generator<string> => inPieces(errorRows(incident))

/** What people wrote, by time. */
export const notesCsv = (incident: Incident): Generator<string> => inPieces(noteRows(incident))

function* sampleRows({ samples, metrics, ...incident }: Incident): Generator<readonly CsvCell[]> {
  const titles = new Map(metrics.map(({ id, title }) => [id, title]))
  const limits = limitsOf({ samples, metrics, ...incident })
  yield ['metric', 'title', 'time_utc', 'epoch_ms', 'value', 'limit']
  for (const { metric, series } of samples) {
    const title = titles.get(metric) ?? ''
    const steps = limits.get(metric) ?? []
    for (let i = 0; i < series.timeMs.length; i++) {
      const at = series.timeMs[i]!
      const limit = limitAt(steps, epochMs(at))
      yield [metric, title, isoText(at), at, series.value[i]!, limit]
    }
  }
}

/** Named one by one, so that a new field of an event is not forgotten here: the compiler asks for it. */
const ERROR_FIELDS: Readonly<
  Record<keyof ErrorEvent, (event: ErrorEvent) => Readonly<Record<string, CsvCell>>>
> = {
  at: ({ at }) => ({ time_utc: isoText(at), epoch_ms: at }),
  class: (event) => ({ class: event.class }),
  place: ({ place }) => ({ place }),
  status: ({ status }) => ({ status }),
  count: ({ count }) => ({ count }),
  source: ({ source }) => ({ source }),
  route: ({ route }) => ({ route }),
  app: ({ app }) => ({ app }),
  code: ({ code }) => ({ code }),
  message: ({ message }) => ({ message }),
  correlationId: ({ correlationId }) => ({ correlation_id: correlationId }),
  limit: ({ limit }) => ({
    limit_namespace: limit?.namespace ?? null,
    limit_key: limit?.key ?? null,
    limit_value: limit?.value ?? null,
  }),
}

const NO_ERROR: ErrorEvent = {
  at: epochMs(0),
  class: 'other',
  place: 'unknown',
  status: null,
  count: 1,
  source: 'monitor',
  route: null,
  app: null,
  code: null,
  message: null,
  correlationId: null,
  limit: null,
}

function* errorRows({ errors }: Incident): Generator<readonly CsvCell[]> {
  const fields = Object.values(ERROR_FIELDS)
  const cells = (event: ErrorEvent) =>
    Object.assign({}, ...fields.map((field) => field(event))) as Record<string, CsvCell>
  yield Object.keys(cells(NO_ERROR))
  for (const event of errors) yield Object.values(cells(event))
}

function* noteRows({ notes }: Incident): Generator<readonly CsvCell[]> {
  yield ['id', 'time_utc', 'epoch_ms', 'place', 'author', 'text']
  for (const { id, at, place, author, text } of notes)
    yield [id, isoText(at), at, place, author, text]
}

function* inPieces(rows: Iterable<readonly CsvCell[]>): Generator<string> {
  let piece = ''
  for (const row of rows) {
    piece += csvRecord(row)
    if (piece.length < PIECE_CHARS) continue
    yield piece
    piece = ''
  }
  if (piece !== '') yield piece
}
