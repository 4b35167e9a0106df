import { type BenchRecord, goalWords, isMet, numberWords } from './findings.ts'

/** Every goal with the number that was found last, by which command and when. */
export function markdownTable(record: BenchRecord): string {
  const lines = Object.values(record).flatMap(({ title, goals, command, date }) =>
    goals.map((goal, i) => {
      const found = `${numberWords(goal.value)} ${goal.unit}${isMet(goal) ? '' : ' **missed**'}`
      const [bench, run] = i === 0 ? [title, `\`${command}\``] : ['', '']
      return [bench, goal.words, goalWords(goal), found, run, date]
    }),
  )
  const header = ['bench', 'number', 'goal', 'found', 'command', 'date']
  return [header, header.map(() => '---'), ...lines]
    .map((cells) => `| ${cells.join(' | ')} |\n`)
    .join('')
}
