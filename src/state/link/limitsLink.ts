import * as z from 'zod/mini'
import { linkReader } from './linkFields.ts'

export const LIMIT_FILTERS = ['used', 'high', 'unmeasured', 'changed', 'all'] as const
/** Which limits are listed: in use or asked for, 80 % and above, not measurable, changed lately, all. */
export type LimitFilter = (typeof LIMIT_FILTERS)[number]

export const LIMIT_SORTS = ['groups', 'worst'] as const
/** By namespace, those with the worst headroom first; or one list, worst first. */
export type LimitSort = (typeof LIMIT_SORTS)[number]

export const LIMIT_PANELS = ['journal', 'audit', 'compare', 'whatIf'] as const
/** What stands beside the table. */
export type LimitPanel = (typeof LIMIT_PANELS)[number]

/** What a colleague sees from a link to the limits of an organisation. */
export type LimitsView = {
  filter: LimitFilter
  sort: LimitSort
  /** Searched for in keys, titles and descriptions; empty: nothing. */
  find: string
  panel: LimitPanel
  /** The limit whose details are open, by the id of its row. */
  limit: string | null
}

export const DEFAULT_LIMITS_VIEW: LimitsView = {
  filter: 'used',
  sort: 'groups',
  find: '',
  panel: 'journal',
  limit: null,
}

/** The parameters of the address. */
export type LimitsSearch = Partial<Record<'show' | 'sort' | 'find' | 'panel' | 'limit', string>>

const text = z.string().check(z.maxLength(200))

/** What an address asks to show; a parameter that is not understood is named in a sentence. */
export function limitsViewOf(search: Readonly<Record<string, unknown>>): {
  view: LimitsView
  notices: readonly string[]
} {
  const { read, notices } = linkReader<keyof LimitsSearch>(search)
  const usual = DEFAULT_LIMITS_VIEW
  return {
    view: {
      filter: read('show', z.enum(LIMIT_FILTERS), 'limits in use are listed') ?? usual.filter,
      sort: read('sort', z.enum(LIMIT_SORTS), 'they are listed by namespace') ?? usual.sort,
      find: read('find', text, 'nothing is searched for') ?? usual.find,
      panel: read('panel', z.enum(LIMIT_PANELS), 'the journal is shown') ?? usual.panel,
      limit: read('limit', text, 'no limit is opened') ?? usual.limit,
    },
    notices: notices(),
  }
}

/** The address that asks for a view: what is default is left out. */
export function limitsSearchOf({ filter, sort, find, panel, limit }: LimitsView): LimitsSearch {
  const usual = DEFAULT_LIMITS_VIEW
  return {
    ...(filter === usual.filter ? {} : { show: filter }),
    ...(sort === usual.sort ? {} : { sort }),
    ...(find === '' ? {} : { find }),
    ...(panel === usual.panel ? {} : { panel }),
    ...(limit === null ? {} : { limit }),
  }
}
