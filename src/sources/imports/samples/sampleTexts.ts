import { createTextColumn } from '../csv/textColumn.ts'

/** The number of a text whose column the file does not have. */
export const NO_COLUMN = -2

/**
 * Messages may carry numbers, so that each is another. Beyond so many distinct ones they are read
 * row by row. Codes, labels and threads are counted, so all of them are held.
 */
const MAX_MESSAGES = 65_536

/** The texts of one file by column, each distinct one once, as they stand: secrets included. */
export function createSampleTexts() {
  return {
    label: createTextColumn(),
    code: createTextColumn(),
    thread: createTextColumn(),
    host: createTextColumn(),
    message: createTextColumn(MAX_MESSAGES),
    failureMessage: createTextColumn(MAX_MESSAGES),
  }
}

export type SampleTexts = ReturnType<typeof createSampleTexts>
