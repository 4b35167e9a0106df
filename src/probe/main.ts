import { quietly } from './quietly.ts'
import { settingsOf } from './settings.ts'
import { start } from './start.ts'

/** A page that has the tag twice is counted once. */
const STARTED = Symbol.for('tidemark-probe')

quietly(() => {
  const tag = document.currentScript as HTMLScriptElement | null
  const settings = tag && settingsOf(tag)
  if (!settings || STARTED in window) return
  Reflect.set(window, STARTED, true)
  start(settings)
})
