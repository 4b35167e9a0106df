import type { Audit } from '#domain/limits/audit/audit.ts'
import type { Parsed } from '../shape.ts'
import { parseAudit } from './auditShape.ts'

/** An audit of the largest organisation is a few hundred kilobytes. */
const LARGEST_BYTES = 50_000_000

/** The audit in a file, or why there is none: the problem is a sentence that names the file and the field. */
export async function readAuditFile(
  file: Pick<File, 'name' | 'size' | 'text'>,
): Promise<Parsed<Audit>> {
  const refused = (why: string) => ({ ok: false, problem: `${file.name}: ${why}.` }) as const
  if (file.size > LARGEST_BYTES) return refused('it is too large to be an audit (over 50 MB)')
  const text = await file.text()
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return refused('it is no JSON file; choose the JSON file of an audit, not its CSV')
  }
  const audit = parseAudit(value)
  return audit.ok ? audit : refused(audit.problem)
}
