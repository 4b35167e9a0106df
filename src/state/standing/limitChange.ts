import { type JournalEntry, limitJournal } from '#domain/limits/limitJournal.ts'
import type { OrgFacts } from '#monitor/orgFacts.ts'

type Known = Pick<OrgFacts, 'registry' | 'metrics' | 'toldLimits' | 'limitSettings'>

/** The newest change of a limit that is in force, or null: none is known. */
export function newestChange({ registry, metrics, toldLimits, limitSettings }: Known) {
  const journal = limitJournal({
    book: registry,
    metrics,
    told: toldLimits,
    settings: limitSettings,
  })
  return journal.find(({ kind }) => kind === 'effective') ?? null
}

/** The same, worked out anew only where something it rests on is new. */
export function createChangeFinder() {
  let known: Known | null = null
  let change: JournalEntry | null = null
  return (facts: Known): JournalEntry | null => {
    const isSame =
      known?.registry === facts.registry &&
      known.metrics === facts.metrics &&
      known.toldLimits === facts.toldLimits &&
      known.limitSettings === facts.limitSettings
    if (!isSame) change = newestChange(facts)
    known = facts
    return change
  }
}
