import type { EpochMs } from '#domain/units.ts'
import { type Parsed, parseShape } from '../shape.ts'
import * as z from 'zod/mini'
import { readSettings } from './readSettings.ts'
import { CONFIG_VERSION, type OrganisationConfig, parseConfig } from './tidemarkConfig.ts'

/** More than a thousand organisations with all their typed limits need. */
export const LARGEST_SETTINGS_BYTES = 20_000_000

/**
 * The settings as a file: exactly what the schema names. Tokens, bearers and whatever else somebody may
 * have put beside it are not written.
 */
export function settingsFileText(organisations: readonly OrganisationConfig[]): Parsed<string> {
  const checked = parseConfig({ version: CONFIG_VERSION, organisations })
  return checked.ok ? { ok: true, value: `${JSON.stringify(checked.value, null, 2)}\n` } : checked
}

/** `tidemark-settings-2026-09-17.json`, the day in UTC. */
export const settingsFileName = (at: EpochMs) =>
  `tidemark-settings-${new Date(at).toISOString().slice(0, 10)}.json`

/** Reads a file of settings, of this version or an older one. The problem names the file and the field. */
export async function readSettingsFile(
  file: Pick<File, 'name' | 'size' | 'text'>,
): Promise<Parsed<readonly OrganisationConfig[]>> {
  const refused = (problem: string) => ({
    ok: false as const,
    problem: `${file.name}: ${problem}.`,
  })
  if (file.size > LARGEST_SETTINGS_BYTES) return refused('it is too large for settings')
  const text = await file.text()
  const twice = idTwice(text)
  if (twice !== null) return refused(`two of its organisations have the id “${twice}”`)
  const settings = readSettings(text)
  return settings.ok
    ? { ok: true, value: settings.value.organisations }
    : refused(
        settings.problem
          .replace(/^they are no JSON/, 'it is no JSON')
          .replace(/^they /, 'its settings '),
      )
}

const idsShape = z.object({ organisations: z.array(z.object({ id: z.string() })) })

/** An id that the file has twice, which the schema would refuse without naming it. */
function idTwice(text: string): string | null {
  try {
    const parsed = parseShape(idsShape, JSON.parse(text))
    const ids = parsed.ok ? parsed.value.organisations.map(({ id }) => id) : []
    return ids.find((id, i) => ids.indexOf(id) !== i) ?? null
  } catch {
    // No JSON: the reading says so.
    return null
  }
}
