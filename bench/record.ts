import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { type BenchRecord, type Findings, goalWords, isMet, numberWords } from './findings.ts'
import { printRow } from './measure.ts'
import { drawPlots } from './recordPlots.ts'
import { markdownTable } from './recordTable.ts'

const FILE = new URL('record.json', import.meta.url)
const DOC = new URL('../docs/performance.md', import.meta.url)
const BEGIN = '<!-- recorded: written by the benches -->\n'
const END = '<!-- end of recorded -->\n'

/** Prints what was found. With `--record` it is kept as well, and the table and plots of docs/performance.md are written anew. */
export function report(part: string, findings: Findings) {
  const { title, rows, goals } = findings
  console.log(`\n${title}`)
  const columns = [...new Set(Object.values(rows).flatMap(Object.keys))]
  printRow(['', ...columns])
  for (const [name, values] of Object.entries(rows))
    printRow([name, ...columns.map((column) => cellOf(values[column]))])
  for (const goal of goals)
    console.log(
      `  ${goal.words}: ${numberWords(goal.value)} ${goal.unit}, goal ${goalWords(goal)}: ${isMet(goal) ? 'met' : 'MISSED'}`,
    )
  if (process.argv.includes('--record')) keep(part, findings)
}

const cellOf = (value: number | undefined) => (value === undefined ? '–' : numberWords(value))

function keep(part: string, findings: Findings) {
  const record = JSON.parse(readFileSync(FILE, 'utf8')) as BenchRecord
  const date = new Date().toISOString().slice(0, 10)
  const machine = `${cpus().length} cores, Node ${process.versions.node}`
  record[part] = { ...findings, date, machine }
  writeFileSync(FILE, `${JSON.stringify(record, null, 2)}\n`)
  const doc = readFileSync(DOC, 'utf8')
  const before = doc.slice(0, doc.indexOf(BEGIN) + BEGIN.length)
  const after = doc.slice(doc.indexOf(END))
  writeFileSync(DOC, `${before}\n${markdownTable(record)}\n${after}`)
  drawPlots(record)
}
