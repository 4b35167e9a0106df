/** A kind of text file that is not read, known by its beginning, and what to choose instead. */
type Known = { title: string; instead: string; isIt: RegExp }

const KNOWN: readonly Known[] = [
  {
    title: 'a JMeter test plan',
    instead: 'choose the results file (.jtl) that the plan wrote',
    isIt: /^<(?:\?xml[^>]*>\s*<)?jmeterTestPlan\b/,
  },
  {
    title: 'the statistics of a JMeter report',
    instead: 'choose the JTL it was made of',
    isIt: /^\{\s*"[^"]*"\s*:\s*\{\s*"transaction"\s*:/,
  },
  {
    title: 'a k6 summary',
    instead: 'it holds no times; run k6 with --out json=FILE',
    isIt: /^\{\s*(?:"root_group"\s*:|"metrics"\s*:\s*\{\s*"\w+"\s*:\s*\{)|"root_group"\s*:\s*\{\s*"(?:name|path|id)"/,
  },
  {
    title: 'the statistics of a Gatling report',
    instead: 'choose simulation.log of Gatling up to 3.11',
    isIt: /^(?:var stats = )?\{\s*"?type"?\s*:\s*"GROUP"/,
  },
  {
    title: 'the totals of a Locust run',
    instead: 'they hold no times; choose the file whose name ends in _stats_history.csv',
    isIt: /^"?Type"?,"?Name"?,"?Request Count"?/,
  },
  {
    title: 'results of vegeta',
    instead: 'export them as CSV: vegeta encode --to csv',
    isIt: /^\{"attack":"/,
  },
  { title: 'an HTML page', instead: 'choose the raw results', isIt: /^<(?:!doctype html|html)\b/i },
]

/** `a k6 summary: it holds no times; …`; null where the text is of no kind that is known here. */
export function knownOther(head: string): string | null {
  const text = head.trimStart()
  const known = KNOWN.find(({ isIt }) => isIt.test(text))
  return known ? `${known.title}: ${known.instead}` : null
}
