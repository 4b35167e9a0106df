import type { Observation } from '#domain/observation.ts'
import { createCsvScanner } from '../csv/csvScanner.ts'
import type { FileCounts, FileImport } from '../fileImport.ts'
import type { Hears } from '../filePass.ts'
import { createSamplePass } from '../samples/samplePass.ts'
import type { JtlDialect } from './jtlDialect.ts'
import { jtlFormat } from './jtlFormat.ts'
import { createJtlRowReader } from './jtlRowReader.ts'
import { createRepeatFinder } from './repeatFinder.ts'
import { createSampleStamps } from './sampleStamps.ts'

/** The state of one pass over a JMeter CSV: rows become samples. */
export function createJtlPass(name: string, dialect: JtlDialect, hears: Hears) {
  const { at } = dialect
  const reader = createJtlRowReader(dialect, hears.stamp)
  const { texts, sample } = reader
  const repeats = createRepeatFinder(texts)
  const told = {
    codes: at.responseCode >= 0,
    failures: at.responseCode >= 0 || at.success >= 0,
    labels: at.label >= 0,
    subSamples: false,
    clients: true,
  }
  const format = jtlFormat('jtl-csv', told, hears.stamp)
  const pass = createSamplePass(name, format, texts, hears)
  const stamps = createSampleStamps(hears.stamp)
  let isStampSought = true
  const said = {
    isRepeat(isFailed: boolean) {
      const isRepeat = repeats.isRepeat(sample, isFailed)
      if (isStampSought && !isRepeat) isStampSought = stamps.see(sample)
      return isRepeat
    },
  }
  let isHeaderNext = dialect.hasHeader

  const scanner = createCsvScanner(dialect.delimiter.charCodeAt(0), (row) => {
    if (isHeaderNext) {
      isHeaderNext = false
      return
    }
    const reason = reader.read(row)
    if (reason === null) pass.take(sample, said)
    else pass.reject(row.line, reason)
  })

  function warnings(): string[] {
    const own = [...dialect.warnings]
    if (pass.fileId() === null) own.push('the file holds a header line and no samples')
    if (repeats.transactions() > 0) {
      own.push(
        `${repeats.transactions()} rows of transaction controllers repeat other rows: they are not charted as attempts or errors`,
      )
    }
    if (repeats.subResults() > 0) {
      own.push(
        `${repeats.subResults()} rows are sub-results of the row before them (redirects, embedded resources): they are not charted as attempts or errors`,
      )
    }
    return own
  }

  return {
    push: scanner.push,
    fileId: pass.fileId,
    newestThreads: pass.newestThreads,
    news: (isQuiet: boolean): Observation => pass.news(isQuiet),
    counts: (): FileCounts => pass.counts(warnings()),
    /** The file is over: its last line counts. Throws ImportError where nothing in it can be used. */
    end(): FileImport {
      scanner.end()
      pass.end()
      // Without a length both ends are one.
      return pass.result(warnings(), { stamps: at.elapsed < 0 ? null : stamps.result() })
    },
  }
}
