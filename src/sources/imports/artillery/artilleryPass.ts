import { ImportError } from '../importError.ts'
import type { FilePass } from '../filePass.ts'
import type { SeriesNames } from '../samples/fileSeries.ts'
import { importOfPeriods } from '../samples/importOfPeriods.ts'
import { createWholeJson } from '../wholeJson.ts'
import { artilleryReport } from './artilleryReport.ts'

const NAMES: SeriesNames = {
  kind: 'artillery',
  level: {
    id: 'vusers',
    title: 'Virtual users',
    note: 'begun and not ended, at the end of each period',
  },
  attempts: { id: 'attempts', title: 'Load test attempts', note: 'requests per period' },
}

/** Reads a report of Artillery 1 or 2 (`artillery run --output FILE`). */
export function openArtilleryPass(name: string): FilePass {
  const json = createWholeJson(name, 'Artillery')
  return {
    push: (bytes) => json.push(bytes),
    end() {
      const report = artilleryReport(json.end())
      if (typeof report === 'string') throw new ImportError('noUsableColumn', `${name}: ${report}`)
      return importOfPeriods(name, 'artillery-json', NAMES, report)
    },
  }
}
