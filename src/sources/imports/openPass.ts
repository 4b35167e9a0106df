import { openArtilleryPass } from './artillery/artilleryPass.ts'
import { openAutocannonPass } from './autocannon/autocannonPass.ts'
import { openBundlePass } from './bundle/bundlePass.ts'
import { openCsvPass } from './csv/csvPass.ts'
import type { FileFormat } from './fileFormat.ts'
import type { FilePass, Hears, OpenPass } from './filePass.ts'
import { openGatlingPass } from './gatling/gatlingPass.ts'
import { openHarPass } from './har/harPass.ts'
import { ImportError } from './importError.ts'
import { dialectOfFile } from './jtl/dialectOfFile.ts'
import { jtlDialect } from './jtl/jtlDialect.ts'
import { createJtlPass } from './jtl/jtlPass.ts'
import { openJtlXmlPass } from './jtlXml/jtlXmlPass.ts'
import { openK6CsvPass } from './k6/k6CsvPass.ts'
import { openK6JsonPass } from './k6/k6JsonPass.ts'
import { knownOther } from './knownOthers.ts'
import { recogniseFormat } from './recogniseFormat.ts'

const OPEN: Readonly<Record<FileFormat, OpenPass>> = {
  'jtl-csv': (name, head, hears) => createJtlPass(name, dialectOfFile(head, name), hears),
  'jtl-xml': openJtlXmlPass,
  har: openHarPass,
  'k6-json': openK6JsonPass,
  'k6-csv': openK6CsvPass,
  'artillery-json': openArtilleryPass,
  'autocannon-json': openAutocannonPass,
  'gatling-log': openGatlingPass,
  csv: (name, head, { columns }) => {
    const dialect = jtlDialect(head)
    // A JTL that lacks what makes it one says best itself what that is.
    if (dialect.kind === 'none' && dialect.isJtl) dialectOfFile(head, name)
    return openCsvPass(name, head, columns)
  },
  bundle: openBundlePass,
}

/**
 * Begins to read a file by what its beginning says it is, never by its name. Throws ImportError where
 * it is nothing that is read here, with what to choose instead where that is known.
 */
export function openPass(name: string, head: string, hears: Hears): FilePass {
  const format = recogniseFormat(head)
  const other = format === 'bundle' ? null : knownOther(head)
  if (other) throw new ImportError('otherFormat', `${name} is ${other}`)
  return OPEN[format ?? 'jtl-csv'](name, head, hears)
}
