import { createByteDictionary, NOT_HELD } from './byteDictionary.ts'
import { cellText, type ScannedRow } from './scannedRow.ts'

/** Beyond so many distinct spellings with doubled quotes or line breaks each cell is put right anew. */
const MAX_SPELLINGS = 65_536

/**
 * The texts of one column of a table, each distinct one once and by a number: see
 * `createByteDictionary`. Cells with doubled quotes or line breaks in them are put right once per
 * spelling.
 */
export function createTextColumn(most?: number) {
  const texts = createByteDictionary(most)
  const spellings = createByteDictionary(MAX_SPELLINGS)
  const idOfSpelling: number[] = []

  function idOfRaw(row: ScannedRow, index: number): number {
    const spelling = spellings.idOf(row.view, row.starts[index]!, row.ends[index]!)
    if (spelling === NOT_HELD) return texts.idOfText(cellText(row, index))
    return (idOfSpelling[spelling] ??= texts.idOfText(cellText(row, index)))
  }

  return {
    /** The number of what stands in a cell; `NOT_HELD` where it is new and there is no room. */
    idIn: (row: ScannedRow, index: number): number =>
      row.isRaw[index] === 1
        ? idOfRaw(row, index)
        : texts.idOf(row.view, row.starts[index]!, row.ends[index]!),
    idOfText: texts.idOfText,
    text: texts.text,
    size: texts.size,
  }
}

export type TextColumn = ReturnType<typeof createTextColumn>
