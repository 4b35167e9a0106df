import { findingsOf } from '#domain/incident/findingsOf.ts'
import type { Incident } from '#domain/incident/incident.ts'
import { checkBundle } from '../../imports/bundle/checkBundle.ts'
import { bundleWords } from '../../imports/bundle/bundleWords.ts'
import { bundleOf } from '../../imports/bundle/readBundle.ts'
import { type FoundPart, partOfId } from '../../imports/bundle/partsIn.ts'
import { textOf } from '../html.ts'
import { samplesCsv } from '../rawCsv.ts'
import { reportCss } from '../report/reportCss.ts'
import { reportHtml } from '../report/reportHtml.ts'
import { bundleCss } from './bundleCss.ts'
import { ID_PREFIX, REPORT_ID, CHECK_ID } from './bundleFormat.ts'

/** By then any browser has begun to save. */
const SAVED_AFTER_MS = 60_000

/**
 * The code within a bundle: it reads the data that stand in its own page, works everything out again,
 * and shows that in place of what the page said. Built as one script (scripts/bundleViewerPlugin.ts).
 */
function show() {
  const parts = ownParts()
  const line = ownLine()
  line.say('checking', 'Checking …')
  // The word is on the screen before the page is busy.
  requestAnimationFrame(() =>
    setTimeout(() => {
      try {
        check(parts, line)
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        line.say(
          'unreadable',
          `It cannot be checked. ${reason}. What stands below is the page as it was found.`,
        )
      }
    }),
  )
}

function check(parts: readonly FoundPart[], line: CheckLine) {
  const bundle = bundleOf(parts, 'This bundle')
  const result = checkBundle(bundle)
  const { incident } = bundle
  const { state, sentence } = bundleWords(bundle, result)
  const page = document.createElement('main')
  page.id = REPORT_ID
  page.innerHTML = textOf(reportHtml(incident, findingsOf(incident, result.recomputed)))
  clear()
  document.title = `${incident.title || 'Incident'} · Tidemark`
  document.body.prepend(line.element, page)
  line.say(state, sentence)
  line.element.append(saveButton(incident))
}

/** The data of this page, found as `partsIn` finds them in its text. */
const ownParts = (): FoundPart[] =>
  [...document.querySelectorAll(`script[id^="${ID_PREFIX}"]`)].flatMap((script) => {
    const part = partOfId(script.id)
    return part === null ? [] : [{ part, text: script.textContent ?? '', line: null }]
  })

type CheckLine = ReturnType<typeof ownLine>

/** The line that says what came of the check: ours, whatever the page was made into. */
function ownLine() {
  document.getElementById(CHECK_ID)?.remove()
  const element = document.createElement('div')
  element.id = CHECK_ID
  const status = document.createElement('p')
  status.setAttribute('role', 'status')
  element.append(status)
  document.body.prepend(element)
  return {
    element,
    say(state: string, sentence: string) {
      element.dataset['state'] = state
      status.textContent = sentence
    },
  }
}

function saveButton(incident: Incident): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = 'Save samples as CSV'
  button.addEventListener('click', () => {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([...samplesCsv(incident)], { type: 'text/csv' }))
    link.download = 'samples.csv'
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), SAVED_AFTER_MS)
  })
  return button
}

/** Takes away all that could have been changed and is worked out anew: markup and style. */
function clear() {
  // A list of its own: what a page holds changes while it is taken away.
  const shown = Array.from(document.body.childNodes).filter((node) => node.nodeName !== 'SCRIPT')
  for (const node of shown) node.remove()
  for (const element of document.querySelectorAll('style, link')) element.remove()
  for (const element of [document.documentElement, document.body])
    for (const name of ['style', 'class', 'hidden']) element.removeAttribute(name)
  const style = document.createElement('style')
  style.textContent = reportCss + bundleCss
  document.head.append(style)
}

// What stands behind this script is part of the page, too.
if (document.readyState === 'loading') addEventListener('DOMContentLoaded', show)
else show()
