import type { Parsed } from '../shape.ts'
import { CONFIG_VERSION, parseConfig, type TidemarkConfig } from './tidemarkConfig.ts'
import { upgradeConfig } from './upgradeConfig.ts'

/** Settings out of text of any version so far. The problem is a clause: `they are no JSON`. */
export function readSettings(text: string): Parsed<TidemarkConfig> {
  const json = jsonOf(text)
  if (!json.ok) return json
  const upgraded = upgradeConfig(json.value, CONFIG_VERSION)
  return upgraded.ok ? parseConfig(upgraded.value) : upgraded
}

function jsonOf(text: string): Parsed<unknown> {
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch {
    // Where it breaks says nothing that a person could mend by hand.
    return { ok: false, problem: 'they are no JSON' }
  }
}
