import { readSettings } from './readSettings.ts'
import { EMPTY_CONFIG, parseConfig, type TidemarkConfig } from './tidemarkConfig.ts'

/** The part of `Storage` that is needed. */
export type ConfigStorage = Pick<Storage, 'getItem' | 'setItem'>

const KEY = 'tidemark:config'
/** Where settings go that cannot be read: nothing is thrown away, a person may still need it. */
const KEPT_ASIDE = 'tidemark:config:unreadable'

/** The settings, and what a person should know of them: one sentence, or null. */
export type LoadedConfig = { config: TidemarkConfig; notice: string | null }

/**
 * Reads the settings. Never throws: where there are none it starts empty, and settings that cannot
 * be read are kept aside and told of. One bad organisation makes the whole of it unreadable, since
 * a part saved later would lose the rest.
 */
export function loadConfig(storage: ConfigStorage): LoadedConfig {
  const stored = attempt(() => storage.getItem(KEY))
  if (!stored.ok) return empty(`The browser does not hand out the settings: ${stored.problem}.`)
  if (stored.value === null) return empty(null)
  const { value: text } = stored
  const reading = readSettings(text)
  if (reading.ok) return { config: reading.value, notice: null }
  const kept = attempt(() => storage.setItem(KEPT_ASIDE, text))
  const where = kept.ok ? `They are kept under “${KEPT_ASIDE}”.` : 'They could not be kept aside.'
  return empty(`The stored settings cannot be read: ${reading.problem}. ${where}`)
}

/** Saves the settings. Null when they are saved, else the reason in one sentence. */
export function saveConfig(storage: ConfigStorage, config: TidemarkConfig): string | null {
  const checked = parseConfig(config)
  if (!checked.ok) return `These settings cannot be saved: ${checked.problem}.`
  // What was checked is what is written: nothing that the schema does not name, no secret, gets in.
  const saved = attempt(() => storage.setItem(KEY, JSON.stringify(checked.value)))
  return saved.ok ? null : `The browser did not save the settings: ${saved.problem}.`
}

const empty = (notice: string | null): LoadedConfig => ({ config: EMPTY_CONFIG, notice })

type Attempt<T> = { ok: true; value: T } | { ok: false; problem: string }

/**
 * Browsers may bar storage altogether (private windows, embedded pages) or refuse when it is full.
 */
function attempt<T>(act: () => T): Attempt<T> {
  try {
    return { ok: true, value: act() }
  } catch (error) {
    return { ok: false, problem: error instanceof Error ? error.message : String(error) }
  }
}
