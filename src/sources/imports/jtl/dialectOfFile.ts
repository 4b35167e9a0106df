import { ImportError } from '../importError.ts'
import { FORMAT_TITLES } from '../fileFormat.ts'
import { recogniseFormat } from '../recogniseFormat.ts'
import { jtlDialect, type JtlDialect } from './jtlDialect.ts'

/**
 * How a JTL is written, judged by its beginning. Throws ImportError where the file is none, with what
 * it is instead.
 */
export function dialectOfFile(head: string, name: string): JtlDialect {
  const dialect = jtlDialect(head)
  if (dialect.kind === 'jtl') return dialect
  const format = recogniseFormat(head)
  const wanted = FORMAT_TITLES['jtl-csv']
  if (format === null || dialect.isJtl) {
    throw new ImportError('noUsableColumn', `${name}, ${dialect.reason}`)
  }
  const title = FORMAT_TITLES[format]
  if (format === 'csv') {
    throw new ImportError(
      'noUsableColumn',
      `${name} is recognised as ${title}, and ${wanted} is followed; ${dialect.reason}`,
    )
  }
  throw new ImportError(
    'otherFormat',
    `${name} is recognised as ${title}, and only ${wanted} is followed: read it once instead`,
  )
}
