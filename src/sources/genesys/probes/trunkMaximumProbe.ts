import * as z from 'zod/mini'
import { askShaped } from './askShaped.ts'
import { absentHere } from '../catalogue/callSource.ts'
import { countShape } from '../../shape.ts'
import { leavesOf } from './leavesOf.ts'
import type { Probe, ProbeTools } from './probe.ts'
import { countOf } from './probeWords.ts'

const shape = z.object({
  entities: z.array(z.object({ properties: z.optional(z.nullable(z.unknown())) })),
  total: countShape(),
})
const CALL = {
  method: 'GET',
  path: '/api/v2/telephony/providers/edges/trunkbasesettings',
  permissions: ['telephony:plugin:all'],
} as const
const AT_ONCE = 100
/** The documented maximum is 750 base settings (facts §1.5); a few pages show the paths. */
const MOST_PAGES = 3
const MAXIMUM = /max|concurrent/i
const MOST_PATHS = 20
const MOST_VALUES = 4

/** P13: where in a trunk's base settings its maximum stands; the path is not documented (facts §3.5). */
export const trunkMaximumProbe: Probe = {
  id: 'P13',
  title: 'Maximum of a trunk',
  decides: 'the JSON path of a trunk’s maximum of calls',
  calls: ['GET /api/v2/telephony/providers/edges/trunkbasesettings'],
  permissions: CALL.permissions,
  read: async (tools) => {
    const { settings, total } = await baseSettings(tools)
    if (total === 0) throw absentHere(CALL, 'This organisation has no trunk base settings.')
    return findingsOf(settings, total)
  },
}

async function baseSettings(tools: ProbeTools) {
  const settings: unknown[] = []
  for (let page = 1; ; page += 1) {
    const query = { pageSize: String(AT_ONCE), pageNumber: String(page), expand: 'properties' }
    const { entities, total } = await askShaped(tools, { ...CALL, query }, shape)
    settings.push(...entities.map(({ properties }) => properties ?? null))
    if (entities.length === 0 || settings.length >= total || page === MOST_PAGES)
      return { settings, total }
  }
}

function findingsOf(settings: readonly unknown[], total: number): readonly string[] {
  const found = new Map<string, { inHowMany: number; values: Set<string> }>()
  for (const properties of settings) {
    for (const { path, value } of leavesOf(properties, 'properties')) {
      if (!MAXIMUM.test(path)) continue
      const known = found.get(path) ?? { inHowMany: 0, values: new Set<string>() }
      known.inHowMany += 1
      known.values.add(value)
      found.set(path, known)
    }
  }
  const head = `${settings.length} of ${countOf(total, 'base setting')} read; ${countOf(found.size, 'path')} with “max” or “concurrent” in it.`
  const ranked = [...found].toSorted(([a], [b]) => rankOf(a) - rankOf(b) || a.localeCompare(b))
  const rest = ranked.length - MOST_PATHS
  return [
    head,
    ...ranked
      .slice(0, MOST_PATHS)
      .map(([path, known]) => `${path} = ${valueWords(known.values)}, in ${known.inHowMany}.`),
    ...(rest > 0 ? [`And ${countOf(rest, 'path')} more.`] : []),
  ]
}

/** What names both is looked for; what limits a length of text is not. */
const rankOf = (path: string) => Number(!/concurrent/i.test(path)) * 2 + Number(!/call/i.test(path))

const valueWords = (values: ReadonlySet<string>) =>
  values.size > MOST_VALUES
    ? `${[...values].slice(0, MOST_VALUES).join(' or ')} and ${values.size - MOST_VALUES} other values`
    : [...values].join(' or ')
