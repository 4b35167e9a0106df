import { Button, TextInput } from '@mantine/core'
import { type RefObject, useMemo } from 'react'
import { formatCount } from '#domain/format.ts'
import type { LimitRow } from '#domain/limits/limitRows.ts'
import { LIMIT_FILTERS, type LimitFilter, type LimitsView } from '#state/link/limitsLink.ts'
import { Kbd } from '#ui/controls/Kbd.tsx'
import { SegmentedChoice } from '#ui/controls/SegmentedChoice.tsx'
import { StateGlyph } from '#ui/glyphs/StateGlyph.tsx'
import classes from './FilterBar.module.css'
import type { LimitFilters } from './limitGroups.ts'

type Props = {
  rows: readonly LimitRow[]
  filters: LimitFilters
  /** How many rows are listed. */
  listed: number
  view: LimitsView
  onView: (view: LimitsView) => void
  onType: () => void
  search: RefObject<HTMLInputElement | null>
}

const WORDS: Readonly<Record<LimitFilter, string>> = {
  used: 'In use or asked for',
  high: '80 % and above',
  unmeasured: 'Not measurable',
  changed: 'Changed in 30 d',
  all: 'All',
}

const GLYPHS: Partial<Record<LimitFilter, 'warn' | 'unknown'>> = {
  high: 'warn',
  unmeasured: 'unknown',
}

const SORTS = [
  { value: 'groups', label: 'Grouped' },
  { value: 'worst', label: 'Worst first' },
] as const

/** Which limits are listed, in which order, and what is searched for. */
export function FilterBar({ rows, filters, listed, view, onView, onType, search }: Props) {
  const counts = useMemo(
    () => new Map(LIMIT_FILTERS.map((filter) => [filter, rows.filter(filters[filter]).length])),
    [rows, filters],
  )
  return (
    <div className={classes.bar} role="toolbar" aria-label="Limits listed">
      <p className={classes.count} role="status">
        {formatCount(listed)} of {formatCount(rows.length)}
        <span className={classes.unit}> limits</span>
      </p>
      <div className={classes.filters} role="group" aria-label="Show">
        {LIMIT_FILTERS.map((filter) => (
          <button
            key={filter}
            type="button"
            className={classes.chip}
            aria-pressed={view.filter === filter}
            onClick={() => onView({ ...view, filter })}
          >
            {GLYPHS[filter] ? <StateGlyph state={GLYPHS[filter]} sizePx={10} /> : null}
            {WORDS[filter]} <b>{formatCount(counts.get(filter) ?? 0)}</b>
          </button>
        ))}
      </div>
      <span className={classes.space} />
      <SegmentedChoice
        label="Order"
        options={SORTS}
        value={view.sort}
        onChange={(sort) => onView({ ...view, sort })}
      />
      <TextInput
        ref={search}
        className={classes.search!}
        aria-label="Find a key or namespace"
        placeholder="Find a key or namespace"
        value={view.find}
        maxLength={200}
        spellCheck={false}
        rightSection={view.find === '' ? <Kbd>/</Kbd> : null}
        onChange={(event) => onView({ ...view, find: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || view.find === '') return
          event.stopPropagation()
          onView({ ...view, find: '' })
        }}
      />
      <Button onClick={onType}>Type a limit</Button>
    </div>
  )
}
