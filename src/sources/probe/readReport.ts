import { type Parsed, parseShape } from '../shape.ts'
import { type ProbePage, type ProbeReport, reportShape } from './reportShape.ts'

/** The longest report that is read: what `docs/probe.md` promises of the probe's own. */
export const LONGEST_REPORT_CHARS = 8_192

/**
 * Reads one report of the connection probe. The problem names the field, and never repeats more
 * than a few words of what was sent: `pages[0].attempts is -1, which is too small`.
 */
export function readReport(text: string): Parsed<ProbeReport> {
  if (text.length > LONGEST_REPORT_CHARS)
    return problem(`it has ${text.length} characters, and at most ${LONGEST_REPORT_CHARS} are read`)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return problem('it is not JSON')
  }
  const report = parseShape(reportShape, value)
  if (!report.ok) return report
  const { pages } = report.value
  for (const [index, page] of pages.entries()) {
    const contradiction = contradictionOf(page)
    if (contradiction) return problem(`pages[${index}]: ${contradiction}`)
  }
  if (new Set(pages.map(({ page }) => page)).size < pages.length)
    return problem('pages names a page twice')
  return report
}

const problem = (text: string): Parsed<never> => ({ ok: false, problem: text })

/** Counts of one page that cannot all be true. */
function contradictionOf(page: ProbePage): string | null {
  const { attempts, opened, refused, givenUp, closed, closedOddly, dropped, websockets } = page
  const ended = closed + closedOddly + dropped
  if (opened + refused + givenUp > attempts)
    return 'more attempts opened, were refused or were given up than were made'
  if (ended > opened) return 'more WebSockets closed than had opened'
  if (websockets > attempts - refused - givenUp - ended)
    return 'more WebSockets are open than were opened and not closed'
  return null
}
